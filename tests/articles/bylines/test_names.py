"""Names, credentials, posts and houses told apart in what follows a label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bylines.names import is_name, parse_people

ONE: list[tuple[str, str, tuple[str, ...]]] = [
    ("Janie-Vi Villamor Ismael-Gorospe, MD", "Janie-Vi Villamor Ismael-Gorospe", ("MD",)),
    ("Ada Roe RDN, CDCES, LD", "Ada Roe", ("RDN", "CDCES", "LD")),
    ("Ada Roe, M.D., Ph.D.", "Ada Roe", ("M.D.", "Ph.D.")),
    ("Ada B. Roe, Psy.D.", "Ada B. Roe", ("Psy.D.",)),
    ("Ada Roe, M.P.H., MT (ASCP)", "Ada Roe", ("M.P.H.", "MT (ASCP)")),
    ("Ada Roe, RD (NL)", "Ada Roe", ("RD (NL)",)),
    ("Ada Roe, BA, LVT, VTS (Behavior)", "Ada Roe", ("BA", "LVT", "VTS (Behavior)")),
    ("Ada Roe, MA, RN, BC-ADM, CDE", "Ada Roe", ("MA", "RN", "BC-ADM", "CDE")),
    ("Ada Roe, MD, PhD, FACP", "Ada Roe", ("MD", "PhD", "FACP")),
    ("Ada Roe MD MPH", "Ada Roe", ("MD", "MPH")),
    ("Ada Roe, MD/PhD", "Ada Roe", ("MD", "PhD")),
    ("Ada Roe, LCSW, ACSW, RDDP", "Ada Roe", ("LCSW", "ACSW", "RDDP")),
    ("dr. Sari Dewi, Sp.PD", "Sari Dewi", ("Sp.PD",)),
    ("B. Lee Peterson, D.O.", "B. Lee Peterson", ("D.O.",)),
    ("Ludwig van Beethoven", "Ludwig van Beethoven", ()),
    ("María José de la Cruz", "María José de la Cruz", ()),
    ("Aoife O'Riordan", "Aoife O'Riordan", ()),
    ("Nguyễn Văn An", "Nguyễn Văn An", ()),
    ("Dan Brennan, MD", "Dan Brennan", ("MD",)),
    ("Angela Holliday-Bell, MD*", "Angela Holliday-Bell", ("MD",)),
]


@pytest.mark.parametrize(("text", "name", "credentials"), ONE)
def test_a_name_is_told_from_its_credentials(
    text: str, name: str, credentials: tuple[str, ...]
) -> None:
    (person,) = parse_people(text)

    assert (person.name, person.credentials) == (name, credentials)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Roe and Bo Penn", ["Ada Roe", "Bo Penn"]),
        ("Ada Roe, Bo Penn and Cy Fox", ["Ada Roe", "Bo Penn", "Cy Fox"]),
        ("Ada Roe, Ph.D., Bo Penn, Ph.D., and Cy Fox, Ph.D.", ["Ada Roe", "Bo Penn", "Cy Fox"]),
        ("Ada Roe, VMD, DACVB; Bo Penn, BA, LVT", ["Ada Roe", "Bo Penn"]),
        ("Ada Roe, PharmD and Bo Penn", ["Ada Roe", "Bo Penn"]),
        (
            "Ada Roe, MD; Associate Clinical Professor of Medicine, University of Rye and Bo "
            "Penn, MA, RN",
            ["Ada Roe", "Bo Penn"],
        ),
        (
            "Ada Roe, MD, Medical Director, Bo Penn, Editorial Director, and the A.B.C. "
            "Editorial team",
            ["Ada Roe", "Bo Penn", "A.B.C. Editorial team"],
        ),
        ("Dr. Anna Müller und Dr. Jan Groß", ["Anna Müller", "Jan Groß"]),
        ("Ada Roe et Bo Penn", ["Ada Roe", "Bo Penn"]),
    ],
)
def test_several_people_in_a_line_are_told_apart(text: str, names: list[str]) -> None:
    assert [person.name for person in parse_people(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Ada Roe, MD, Clinical Professor, Department of Bread, Rye Medicine, Seattle, WA",
        "Ada Roe, M.D., Officer, Division of Kidney, Urologic, and Hematologic Diseases, National"
        " Institute of Rye",
        "Ada Roe, M.D., Medical Officer, National Institutes of Rye Bethesda, MD",
        "Ada Roe, M.D., Obstetrician and Gynecologist, School of Medicine, St. Louis, Missouri",
        "Ada Roe, MD, Editor in Chief, Bread Watch; Editorial Advisory Board Member, Bread; "
        "Contributor",
    ],
)
def test_posts_houses_and_towns_after_a_name_are_nobody(text: str) -> None:
    (person,) = parse_people(text)

    assert person.name == "Ada Roe"
    assert len(person.credentials) == 1


@pytest.mark.parametrize(
    ("text", "specialty", "job_title", "affiliation"),
    [
        ("Ada Roe, MD · General Practitioner", "General Practitioner", None, None),
        ("Ada Roe PhD Senior News Editor", None, "Senior News Editor", None),
        ("Ada Roe, MD, gastroenterologist, Rye Health", "gastroenterologist", None, "Rye Health"),
        ("Ada Roe HealthWire Reporter", None, "HealthWire Reporter", None),
        ("Dietitian Ada Roe, M.S., RD", "Dietitian", None, None),
        (
            "Ada Roe, M.D., Institute of Rye, Oats, and Barley",
            None,
            None,
            "Institute of Rye, Oats, and Barley",
        ),
        ("Ada Roe, Executive Editor, Bread Watch", None, "Executive Editor", "Bread Watch"),
    ],
)
def test_specialty_post_and_house_have_their_own_fields(
    text: str, specialty: str | None, job_title: str | None, affiliation: str | None
) -> None:
    (person,) = parse_people(text)

    assert person.name == "Ada Roe"
    assert (person.specialty, person.job_title, person.affiliation) == (
        specialty,
        job_title,
        affiliation,
    )


@pytest.mark.parametrize(
    ("text", "name", "licence"),
    [
        ("Dr. João da Silva CRM 12345/SP", "João da Silva", "CRM 12345/SP"),
        ("Dra. Inés Núñez (Nº Colegiado 282812345)", "Inés Núñez", "Nº Colegiado 282812345"),
        ("Dr. Luis Peña, Cédula Profesional 1234567", "Luis Peña", "Cédula Profesional 1234567"),
    ],
)
def test_a_licence_number_is_kept_apart_from_the_name(text: str, name: str, licence: str) -> None:
    (person,) = parse_people(text)

    assert (person.name, person.licence) == (name, licence)


@pytest.mark.parametrize(
    ("text", "prefix", "name"),
    [
        ("dr. Tania Sari", "dr.", "Tania Sari"),
        ("Dr. med. Anna Müller", "Dr. med.", "Anna Müller"),
        ("BSCK I Nguyễn Văn An", "BSCK I", "Nguyễn Văn An"),
        ("พญ. สมหญิง ใจดี", "พญ.", "สมหญิง ใจดี"),
        ("Uzm. Dr. Ayşe Yılmaz", "Uzm. Dr.", "Ayşe Yılmaz"),
        ("डॉ. राम शर्मा", "डॉ.", "राम शर्मा"),
        ("lek. Ewa Żak", "lek.", "Ewa Żak"),
    ],
)
def test_a_prefix_before_a_name_is_no_part_of_it(text: str, prefix: str, name: str) -> None:
    (person,) = parse_people(text)

    assert (person.prefix, person.name) == (prefix, name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mayo Rye Clinic Staff", "team"),
        ("The Bread Editorial Team", "team"),
        ("National Grain, Flour, and Yeast Institute (NGFYI) staff", "team"),
        ("American Bread Association", "org"),
        ("Bread News", "org"),
        ("麥田編輯部", "team"),
    ],
)
def test_teams_and_organisations_are_no_people(text: str, kind: str) -> None:
    (body,) = parse_people(text)

    assert body.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "experts",
        "the moderator",
        "Michael T. Verified Buyer",
        "Trust-E site privacy statement",
        "taking this drug you agree",
        "Reuters",
        "hand before it leaves",
        "our team of writers who test every loaf",
        "www.bread.example",
        "5 min",
        "",
        "·",
    ],
)
def test_what_is_no_name_gives_nobody(text: str) -> None:
    assert parse_people(text) == ()


@pytest.mark.parametrize("text", ["Ada Roe", "Ada B. Roe", "José Núñez"])
def test_a_due_name_is_recognised(text: str) -> None:
    assert is_name(text)


@given(st.text(max_size=120))
def test_whoever_is_found_is_written_in_the_text(text: str) -> None:
    folded = " ".join(text.replace("*", " ").split())
    for person in parse_people(text):
        for word in person.name.split():
            assert word in folded


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("Ada Roe, MD, GMC number 1234567", "GMC number 1234567"),
        ("Ada Roe, MD (MMC 12345)", "MMC 12345"),
        ("Ada Roe, MD, NPI: 1234567890", "NPI: 1234567890"),
        ("Ada Roe, MD, PRC License No. 0123456", "PRC License No. 0123456"),
        (
            "Ada Roe, MD, AHPRA Registration No. MED0001234567",
            "AHPRA Registration No. MED0001234567",
        ),
        ("Ada Roe, MD, CRM-SP 12345, RQE 6789", "CRM-SP 12345, RQE 6789"),
        ("Ada Roe, MD, nº de colegiado 281234567", "nº de colegiado 281234567"),
    ],
)
def test_the_number_of_a_register_is_the_licence_and_nothing_else(value: str, licence: str) -> None:
    (person,) = parse_people(value)

    assert (person.name, person.credentials, person.licence) == ("Ada Roe", ("MD",), licence)
    assert person.affiliation is None


def test_a_register_without_a_number_is_no_licence() -> None:
    (person,) = parse_people("Ada Roe, MD, Rye Institute, GMC")

    assert person.licence is None
