from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("login", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("department", models.TextField(blank=True)),
                ("roles", models.JSONField(default=list)),
                ("identity_number", models.BinaryField(default=b"")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "account",
            },
        ),
        migrations.CreateModel(
            name="AgreementRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("provider", models.TextField(db_index=True)),
                ("consumer", models.TextField(db_index=True)),
            ],
            options={
                "db_table": "sharing_agreement",
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("value", models.BigIntegerField()),
            ],
            options={
                "db_table": "counter",
            },
        ),
        migrations.CreateModel(
            name="DepartmentRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("code", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "catalogue_department",
            },
        ),
        migrations.CreateModel(
            name="ElementRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("code", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "catalogue_element",
            },
        ),
        migrations.CreateModel(
            name="RequestRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("state", models.TextField(db_index=True)),
                ("provider", models.TextField(db_index=True)),
                ("consumer", models.TextField(db_index=True)),
                ("submitted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "sharing_request",
            },
        ),
        migrations.CreateModel(
            name="ResourceRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("provider", models.TextField(db_index=True)),
                ("state", models.TextField(db_index=True)),
                ("words", models.TextField()),
            ],
            options={
                "db_table": "catalogue_resource",
            },
        ),
        migrations.CreateModel(
            name="SourceRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("department", models.TextField(db_index=True)),
            ],
            options={
                "db_table": "intake_source",
            },
        ),
        migrations.CreateModel(
            name="AgreementPast",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("place", models.BigAutoField(primary_key=True, serialize=False)),
                ("agreement", models.TextField()),
                ("version", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "sharing_agreement_past",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "revision"), name="sharing_agreement_past_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnGradeRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("place", models.BigAutoField(primary_key=True, serialize=False)),
                ("resource", models.TextField()),
                ("column", models.TextField()),
            ],
            options={
                "db_table": "grading_column",
                "constraints": [
                    models.UniqueConstraint(fields=("resource", "column"), name="grading_column_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryRow",
            fields=[
                ("revision", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("place", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.TextField(unique=True)),
                ("source", models.TextField()),
                ("resource", models.TextField()),
                ("state", models.TextField()),
                ("snapshot", models.TextField(db_index=True)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "intake_delivery",
                "indexes": [
                    models.Index(fields=["resource", "started_at"], name="intake_delivery_of_resource"),
                    models.Index(fields=["source", "started_at"], name="intake_delivery_of_source"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("event", models.TextField()),
                ("persons", models.TextField(blank=True)),
                ("log_index", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(("log_index__isnull", True)), fields=["id"], name="outbox_waiting"
                    )
                ],
            },
        ),
    ]
