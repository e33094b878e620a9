"""The county's departments, their standing in the catalogue, and the tables that eight of them keep."""

from datong.catalogue.department import Department
from datong.demo.departments import civil, education, health, market, medical, police, property, social
from datong.demo.numbers import credit_code
from datong.demo.tables import Table
from datong.terms.text import Text


def _department(serial: int, code: str, zh: str, en: str, *, authority: bool = False) -> Department:
    """`11`: a body of the state registered by the office of establishment (机构编制)."""
    return Department(
        code=code,
        title=Text(zh, en),
        credit_code=credit_code("11", serial),
        parent="" if code == "county" else "county",
        sharing_head=f"{code}_head",
        authority=authority,
    )


COUNTY_GOVERNMENT = _department(1, "county", "榕溪县人民政府办公室", "Office of the County Government")
DATA_BUREAU = _department(2, "bureau", "榕溪县数据局", "County Data Bureau", authority=True)
AUDIT_OFFICE = _department(3, "audit", "榕溪县审计局", "County Audit Office")
PROVIDERS = (
    _department(11, "police", "榕溪县公安局", "County Public Security Bureau"),
    _department(12, "civil", "榕溪县民政局", "County Civil Affairs Bureau"),
    _department(13, "health", "榕溪县卫生健康局", "County Health Bureau"),
    _department(
        14, "social", "榕溪县人力资源和社会保障局", "County Human Resources and Social Security Bureau"
    ),
    _department(15, "medical", "榕溪县医疗保障局", "County Medical Insurance Bureau"),
    _department(16, "education", "榕溪县教育局", "County Education Bureau"),
    _department(17, "market", "榕溪县市场监督管理局", "County Market Regulation Bureau"),
    _department(18, "property", "榕溪县自然资源局", "County Natural Resources Bureau"),
)
DEPARTMENTS = (COUNTY_GOVERNMENT, DATA_BUREAU, AUDIT_OFFICE, *PROVIDERS)
# The source department of each element that several collect (数源部门, Art. 19).
AUTHORITATIVE = {
    "person.identity_number": "police",
    "person.name": "police",
    "person.sex": "police",
    "person.birth_date": "police",
    "person.address": "police",
    "person.household_number": "police",
    "person.family_relation": "police",
    "person.welfare": "civil",
    "person.health": "health",
    "person.social_security_number": "social",
    "person.income": "social",
    "person.student_number": "education",
    "person.education": "education",
    "person.legal_representative": "market",
    "organisation.credit_code": "market",
    "organisation.name": "market",
    "organisation.industry": "market",
    "place.address": "property",
    "property.certificate_number": "property",
}
TABLES: tuple[Table, ...] = (
    *police.TABLES,
    *civil.TABLES,
    *health.TABLES,
    *social.TABLES,
    *medical.TABLES,
    *education.TABLES,
    *market.TABLES,
    *property.TABLES,
)
