"""What somebody practises, by credentials and specialty: to tell two people of one name apart."""

from __future__ import annotations

import re

from articles.person_names import name_letters

_BY_CREDENTIAL = {
    credential: profession
    for profession, credentials in (
        (
            "physician",
            "md do mbbs mbchb mbbch mbbchbao bmbs bmed mdcm facp faap faafp facog facs facc faad"
            " frcp frcs frcog frcgp mrcp mrcgp fracgp franzcp spog spa spjp spb spm spkj sppd spkk"
            " sptht spthtkl spp spu",
        ),
        ("dietitian", "rd rdn ldn apd sgz dtr ndtr"),
        ("nurse", "rn bsn msn dnp np fnp fnpbc aprn arnp crna lpn lvn cnm rgn rmn whnp agnp crnp"),
        ("pharmacist", "pharmd rph bpharm mpharm bcps apt"),
        ("dentist", "dds dmd bds mds drg"),
        ("veterinarian", "dvm vmd bvsc bvetmed mrcvs"),
        ("physiotherapist", "pt dpt mpt"),
        ("psychologist", "psyd"),
        ("social worker", "lcsw lmsw licsw msw"),
        ("optometrist", "od"),
        ("chiropractor", "dc"),
    )
    for credential in credentials.split()
}
_GENERAL = frozenset(
    """
    medicine medical doctor physician specialist health practitioner general expert consultant
    certified registered board clinical family care dokter umum khoa
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5


def professions(credentials: frozenset[str]) -> frozenset[str]:
    """The professions that credentials stand for; those of any (PhD, MPH) stand for none.

    >>> sorted(professions(frozenset({"M.D.", "RD", "PhD"})))
    ['dietitian', 'physician']
    """
    return frozenset(
        _BY_CREDENTIAL[letters]
        for letters in map(name_letters, credentials)
        if letters in _BY_CREDENTIAL
    )


def specialty_stems(specialties: frozenset[str]) -> frozenset[str]:
    """The beginnings of words by which "Cardiology" and "Cardiologist" are one.

    >>> sorted(specialty_stems(frozenset({"Specialist in Cardiology"})))
    ['cardi']
    """
    return frozenset(
        name_letters(word)[:_STEM]
        for specialty in specialties
        for word in _WORD.findall(specialty.lower())
        if word not in _GENERAL
    )
