"""The 38 sectors of the French aggregated nomenclature A38 (NAF rev. 2), in Insee order.

Source: Insee, Nomenclatures agregees associees a la NAF rev. 2 (A17, A38, sections).
The `sheltered` flag approximates Insee's presential sphere, which Insee defines at a finer level
(sub-classes): at A38 the flagged sectors hold 64.5 % of salaried jobs (Flores 2024) against 64.1 %
in Insee's own measure (Flores 2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rebound_sim.data.words import folded
from rebound_sim.errors import InputError, nearest


@dataclass(frozen=True, slots=True)
class Sector:
    """One A38 sector.

    code : A38 code (two letters)
    french, english : labels
    a17, a10 : codes of the coarser levels that contain it; section : NAF section letter
    industrial : sections B to E; manufacturing : section C
    public : mostly non-market (OZ, PZ, QA, QB); sheltered : sells mostly to residents nearby
    """

    code: str
    french: str
    english: str
    a17: str
    a10: str
    section: str
    industrial: bool
    manufacturing: bool
    public: bool
    sheltered: bool


# code; French label; English label; A17; A10
_NOMENCLATURE: Final = """
AZ;Agriculture, sylviculture et pêche;Agriculture, forestry and fishing;AZ;AZ
BZ;Industries extractives;Mining and quarrying;DE;BE
CA;Aliments, boissons et tabac;Food, beverages and tobacco;C1;BE
CB;Textile, habillement, cuir et chaussure;Textiles, clothing, leather and footwear;C5;BE
CC;Bois, papier et imprimerie;Wood, paper and printing;C5;BE
CD;Cokéfaction et raffinage;Coke and refined petroleum;C2;BE
CE;Industrie chimique;Chemicals;C5;BE
CF;Industrie pharmaceutique;Pharmaceuticals;C5;BE
CG;Caoutchouc, plastique et minéraux non métalliques;Rubber, plastics and mineral products;C5;BE
CH;Métallurgie et produits métalliques;Basic and fabricated metals;C5;BE
CI;Produits informatiques, électroniques et optiques;Computer, electronic and optical products;C3;BE
CJ;Équipements électriques;Electrical equipment;C3;BE
CK;Machines et équipements;Machinery and equipment;C3;BE
CL;Matériels de transport;Transport equipment;C4;BE
CM;Autres industries, réparation et installation;Other manufacturing, repair and installation;C5;BE
DZ;Électricité, gaz, vapeur et air conditionné;Electricity, gas, steam and air conditioning;DE;BE
EZ;Eau, assainissement, déchets et dépollution;Water, sewerage, waste and remediation;DE;BE
FZ;Construction;Construction;FZ;FZ
GZ;Commerce, réparation automobile;Trade and repair of motor vehicles;GZ;GI
HZ;Transports et entreposage;Transport and storage;HZ;GI
IZ;Hébergement et restauration;Accommodation and food service;IZ;GI
JA;Édition, audiovisuel et diffusion;Publishing, film and broadcasting;JZ;JZ
JB;Télécommunications;Telecommunications;JZ;JZ
JC;Informatique et services d'information;Computer and information services;JZ;JZ
KZ;Finance et assurance;Finance and insurance;KZ;KZ
LZ;Activités immobilières;Real estate;LZ;LZ
MA;Droit, gestion, architecture, ingénierie;Legal, management, architecture and engineering;MN;MN
MB;Recherche-développement scientifique;Scientific research and development;MN;MN
MC;Autres activités scientifiques et techniques;Other professional and technical activities;MN;MN
NZ;Services administratifs et de soutien;Administrative and support services;MN;MN
OZ;Administration publique;Public administration;OQ;OQ
PZ;Enseignement;Education;OQ;OQ
QA;Santé;Human health;OQ;OQ
QB;Hébergement médico-social et action sociale;Residential care and social work;OQ;OQ
RZ;Arts, spectacles et activités récréatives;Arts, entertainment and recreation;RU;RU
SZ;Autres activités de services;Other services;RU;RU
TZ;Ménages employeurs;Households as employers;RU;RU
UZ;Activités extra-territoriales;Extraterritorial organisations;RU;RU
"""

_PUBLIC: Final = frozenset({"OZ", "PZ", "QA", "QB"})
_SHELTERED: Final = frozenset(
    {"FZ", "GZ", "IZ", "KZ", "LZ", "OZ", "PZ", "QA", "QB", "RZ", "SZ", "TZ"}
)


def _sector(line: str) -> Sector:
    code, french, english, a17, a10 = line.split(";")
    section = code[0]
    return Sector(
        code=code,
        french=french,
        english=english,
        a17=a17,
        a10=a10,
        section=section,
        industrial=section in "BCDE",
        manufacturing=section == "C",
        public=code in _PUBLIC,
        sheltered=code in _SHELTERED,
    )


SECTORS: Final[tuple[Sector, ...]] = tuple(
    _sector(line) for line in _NOMENCLATURE.strip().splitlines()
)
SECTOR_CODES: Final[tuple[str, ...]] = tuple(sector.code for sector in SECTORS)
SECTOR_INDEX: Final[dict[str, int]] = {code: index for index, code in enumerate(SECTOR_CODES)}
A17_CODES: Final[tuple[str, ...]] = tuple(dict.fromkeys(sector.a17 for sector in SECTORS))

#: Label and A38 codes of sectors published together in the input-output tables.
JOINED_SECTORS: Final[dict[str, tuple[str, ...]]] = {
    "MA+MB+MC": ("MA", "MB", "MC"),
    "QA+QB": ("QA", "QB"),
}
#: The 34 sectors of the input-output tables, in order (UZ is absent).
INPUT_OUTPUT_SECTORS: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(
        next((joined for joined, codes in JOINED_SECTORS.items() if code in codes), code)
        for code in SECTOR_CODES
        if code != "UZ"
    )
)


def sector_called(text: str) -> str:
    """Code of a sector given by its code or by words of its label, French or English.

    Raises InputError: no sector, or several.
    """
    wanted = folded(text)
    if wanted.upper() in SECTOR_INDEX:
        return wanted.upper()
    labels = {one.code: (folded(one.french), folded(one.english)) for one in SECTORS}
    found = [code for code, words in labels.items() if wanted and any(wanted in w for w in words)]
    if len(found) == 1:
        return found[0]
    every = {word: code for code, words in labels.items() for word in words}
    close = None if found else nearest(wanted, every)
    listed = ", ".join(f"{code} {SECTORS[SECTOR_INDEX[code]].french}" for code in found[:6])
    raise InputError(
        "several sectors have this word" if found else "unknown sector",
        key="sector",
        value=text,
        allowed=listed or "a code of `rebound basins sectors`, or words of its label",
        nearest=every[close] if close else None,
    )
