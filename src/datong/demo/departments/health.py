"""Health (卫健): outpatient visits and vaccinations, two CSVs that the hospitals' system exports in GB18030."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, SharingMethod, UpdateCycle
from datong.demo import dates
from datong.demo.addresses import Form
from datong.demo.county import County
from datong.demo.households import TODAY, YEAR
from datong.demo.listing import everyone, home, sexes, where_so
from datong.demo.numbers import credit_codes
from datong.demo.places import TOWNS
from datong.demo.tables import CatalogueEntry, Cells, Column, Csv, Holds, Subjects, Table
from datong.terms.text import Text

HOSPITALS = (
    "榕溪县医院",
    "榕溪县中医院",
    "榕溪县妇幼保健院",
    *(
        f"榕溪县{town.name}" + ("社区卫生服务中心" if town.name.endswith("街道") else "卫生院")
        for town in TOWNS
    ),
)
HOSPITAL_CODES = credit_codes("12", 5000 + np.arange(len(HOSPITALS))).tolist()
# Department, ICD-10 code, diagnosis, weight, usual cost.
DIAGNOSES = (
    ("全科", "J06.9", "急性上呼吸道感染", 20, 90),
    ("内科", "I10", "原发性高血压", 14, 130),
    ("内分泌科", "E11.9", "2型糖尿病", 8, 180),
    ("儿科", "J20.9", "急性支气管炎", 7, 160),
    ("消化内科", "K29.7", "胃炎", 7, 220),
    ("骨科", "M54.5", "下背痛", 6, 210),
    ("中医科", "G47.0", "失眠", 4, 150),
    ("口腔科", "K02.9", "龋齿", 6, 260),
    ("皮肤科", "L30.9", "皮炎", 4, 110),
    ("眼科", "H52.1", "近视", 4, 120),
    ("妇产科", "Z34.9", "正常妊娠监督", 3, 190),
    ("急诊科", "S61.9", "手部开放性伤口", 3, 240),
    ("心血管内科", "I25.1", "冠状动脉粥样硬化性心脏病", 4, 380),
    ("精神科", "F41.9", "焦虑障碍", 2, 300),
)
# Vaccine, dose, due at so many months of age.
SCHEDULE = (
    ("乙肝疫苗", 1, 0),
    ("卡介苗", 1, 0),
    ("乙肝疫苗", 2, 1),
    ("脊灰灭活疫苗", 1, 2),
    ("百白破疫苗", 1, 3),
    ("百白破疫苗", 2, 4),
    ("乙肝疫苗", 3, 6),
    ("麻腮风疫苗", 1, 8),
    ("乙脑减毒活疫苗", 1, 8),
    ("麻腮风疫苗", 2, 18),
    ("甲肝减毒活疫苗", 1, 18),
    ("百白破疫苗", 5, 72),
)
_MONTH = YEAR / 12


def _patients(county: County, draw: Generator) -> Subjects:
    people, everybody = county.people, everyone(county)
    often = np.interp(people.age(everybody), [0, 5, 15, 40, 65, 85], [1.6, 1.2, 0.4, 0.5, 1.6, 2.2])
    who = np.repeat(everybody, draw.poisson(often * 0.75))
    day = TODAY - draw.integers(0, 365, len(who))
    possible = (day >= people.birth[who]) & ((people.died[who] < 0) | (day <= people.died[who]))
    order = np.argsort(day[possible], kind="stable")
    return {"person": who[possible][order], "day": day[possible][order]}


def _visits(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who = county.people, subjects["person"]
    n = len(who)
    weight = np.array([d[3] for d in DIAGNOSES])
    diagnosis = [DIAGNOSES[i] for i in draw.choice(len(DIAGNOSES), n, p=weight / weight.sum()).tolist()]
    clock = draw.integers(8 * 60, 17 * 60 + 30, n).tolist()
    at = draw.choice(len(HOSPITALS), n, p=_shares()).tolist()
    cost = draw.lognormal(0, 0.5, n).tolist()
    return {
        "医疗机构名称": [HOSPITALS[i] for i in at],
        "机构代码": [HOSPITAL_CODES[i] for i in at],
        "患者姓名": people.name[who].tolist(),
        "性别": sexes(county, who, ("男", "女")),
        "出生日期": dates.written(people.birth[who], dates.ISO),
        "身份证号": people.identity[who].tolist(),
        "联系电话": [mobile or None for mobile in people.mobile(who)],
        "就诊时间": [
            f"{day} {m // 60:02}:{m % 60:02}"
            for day, m in zip(dates.written(subjects["day"], dates.SLASHED), clock, strict=True)
        ],
        "就诊科室": [d[0] for d in diagnosis],
        "诊断编码": [d[1] for d in diagnosis],
        "诊断名称": [d[2] for d in diagnosis],
        "总费用": [f"{d[4] * c:.2f}" for d, c in zip(diagnosis, cost, strict=True)],
    }


def _vaccinated(county: County, draw: Generator) -> Subjects:
    """The children's schedule, and the old against influenza each autumn."""
    people, everybody = county.people, everyone(county)
    months = (TODAY - people.birth) / _MONTH
    doses = []
    for number, (_, _, due) in enumerate(SCHEDULE):
        who = np.flatnonzero((months >= due + 1) & (months < 12 * 13) & (draw.random(len(months)) < 0.93))
        late = (draw.exponential(0.7, len(who)) * _MONTH).astype(np.int64)
        doses.append(
            (who, np.full(len(who), number), np.minimum(people.birth[who] + int(due * _MONTH) + late, TODAY))
        )
    old = everybody[(people.age(everybody) >= 65) & (draw.random(len(everybody)) < 0.3)]
    doses.append((old, np.full(len(old), len(SCHEDULE)), TODAY - draw.integers(1, 70, len(old))))
    who, dose, day = (np.concatenate(column) for column in zip(*doses, strict=True))
    order = np.argsort(day, kind="stable")
    order = order[(people.died[who[order]] < 0) | (day[order] <= people.died[who[order]])]
    who, guardian = who[order], people.guardian[who[order]]
    answers = np.where(guardian >= 0, guardian, who)
    return {"person": who, "answers": answers, "dose": dose[order], "day": day[order]}


def _vaccinations(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who = county.people, subjects["person"]
    given = [(*SCHEDULE, ("流感疫苗", 1, 0))[i] for i in subjects["dose"].tolist()]
    guardian = people.guardian[who]
    clinic = draw.choice(np.arange(2, len(HOSPITALS)), len(who)).tolist()
    return {
        "受种者姓名": people.name[who].tolist(),
        "性别": sexes(county, who, ("男", "女")),
        "出生日期": dates.written(people.birth[who], dates.COMPACT),
        "身份证号": people.identity[who].tolist(),
        "监护人姓名": where_so(guardian >= 0, people.name[guardian].tolist()),
        "监护人电话": [mobile or None for mobile in people.mobile(subjects["answers"])],
        "疫苗名称": [name for name, _, _ in given],
        "剂次": [dose for _, dose, _ in given],
        "接种日期": dates.written(subjects["day"], dates.ISO),
        "接种单位": [HOSPITALS[i] for i in clinic],
        "现住址": county.dwellings.address(home(county, subjects), Form.COUNTY),
    }


def _shares() -> list[float]:
    towns = [0.4 * town.weight for town in TOWNS]
    return [0.35, 0.15, 1 - 0.5 - sum(towns), *towns]


_PRIVATE_HEALTH = (
    "《中华人民共和国基本医疗卫生与健康促进法》第九十二条；《中华人民共和国个人信息保护法》第二十八条"
)
VISITS = Table(
    department="health",
    name="visits",
    title=Text("门诊就诊记录", "Outpatient visits"),
    kept=Csv("visits.csv", encoding="gb18030"),
    entry=CatalogueEntry(
        abstract=Text(
            "县域医疗机构近一年门诊就诊的患者、时间、科室、诊断和费用。",
            "Outpatient visits of the past year in the county: patient, time, department, diagnosis and cost.",
        ),
        classification="卫生健康/医疗服务/门诊",
        cycle=UpdateCycle.DAILY,
        sharing=SharingAttribute.CONDITIONAL,
        basis=_PRIVATE_HEALTH,
        conditions=Text(
            "仅限医保结算核查和公共卫生统计；统计用途只提供汇总结果，不提供个人诊断明细。",
            "For checking insurance claims and for public-health statistics; for statistics totals only, no one's diagnosis.",
        ),
        method=SharingMethod.EXCHANGE,
    ),
    columns=(
        Column("就诊流水号", Text("就诊流水号", "Visit number"), Holds.KEY),
        Column("医疗机构名称", Text("医疗机构名称", "Hospital"), element="organisation.name"),
        Column("机构代码", Text("机构代码", "Hospital's code"), element="organisation.credit_code"),
        Column("患者姓名", Text("患者姓名", "Patient's name"), Holds.NAME),
        Column("性别", Text("性别", "Sex"), Holds.SEX),
        Column("出生日期", Text("出生日期", "Date of birth"), Holds.BIRTH),
        Column("身份证号", Text("身份证号", "Identity number"), Holds.IDENTITY),
        Column("联系电话", Text("联系电话", "Telephone"), Holds.MOBILE),
        Column("就诊时间", Text("就诊时间", "Time of visit"), Holds.DATE),
        Column("就诊科室", Text("就诊科室", "Department"), element="person.health"),
        Column("诊断编码", Text("诊断编码（ICD-10）", "Diagnosis code (ICD-10)"), element="person.health"),
        Column("诊断名称", Text("诊断名称", "Diagnosis"), element="person.health"),
        Column("总费用", Text("总费用（元）", "Cost (yuan)"), Holds.AMOUNT),
    ),
    subjects=_patients,
    fill=_visits,
    key=lambda row: f"MZ2026{row:08}",
)
VACCINATIONS = Table(
    department="health",
    name="vaccinations",
    title=Text("预防接种记录", "Vaccinations"),
    kept=Csv("vaccinations.csv", encoding="gb18030", footer=("导出时间：2026-11-20 17:42   共 {rows} 条",)),
    entry=CatalogueEntry(
        abstract=Text(
            "儿童免疫规划疫苗和老年人流感疫苗的接种记录：受种者、监护人、疫苗、剂次、日期和单位。",
            "Children's scheduled vaccinations and influenza vaccinations of the old: who, guardian, vaccine, dose, day and clinic.",
        ),
        classification="卫生健康/公共卫生/预防接种",
        cycle=UpdateCycle.WEEKLY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《中华人民共和国疫苗管理法》；《中华人民共和国个人信息保护法》第二十八条、第三十一条",
        conditions=Text(
            "仅限入托、入学查验预防接种证使用；只答复是否按程序完成接种。",
            "For checking vaccination on entering nursery or school: answers only whether the schedule is complete.",
        ),
        method=SharingMethod.SERVICE,
    ),
    columns=(
        Column("接种编号", Text("接种编号", "Vaccination number"), Holds.KEY),
        Column("受种者姓名", Text("受种者姓名", "Name"), Holds.NAME),
        Column("性别", Text("性别", "Sex"), Holds.SEX),
        Column("出生日期", Text("出生日期", "Date of birth"), Holds.BIRTH),
        Column("身份证号", Text("身份证号", "Identity number"), Holds.IDENTITY),
        Column("监护人姓名", Text("监护人姓名", "Guardian's name"), element="person.name"),
        Column("监护人电话", Text("监护人电话", "Guardian's telephone"), Holds.MOBILE),
        Column("疫苗名称", Text("疫苗名称", "Vaccine"), element="person.health"),
        Column("剂次", Text("剂次", "Dose"), element="record.count"),
        Column("接种日期", Text("接种日期", "Given on"), Holds.DATE),
        Column("接种单位", Text("接种单位", "Clinic"), element="organisation.name"),
        Column("现住址", Text("现住址", "Address"), Holds.ADDRESS),
    ),
    subjects=_vaccinated,
    fill=_vaccinations,
    key=lambda row: f"YM{row:010}",
    where=home,
)
TABLES = (VISITS, VACCINATIONS)
