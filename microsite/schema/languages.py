"""Languages by their code: ISO 639-1."""

from __future__ import annotations

CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
# What people write for it: codes of countries, those of ISO 639-2, and names.
ALSO = {
    "jp": "ja",
    "cz": "cs",
    "gr": "el",
    "dk": "da",
    "cn": "zh",
    "kp": "ko",
    "ua": "uk",
    "gb": "en",
    "us": "en",
    "at": "de",
    "mx": "es",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "spa": "es",
    "esp": "es",
    "ita": "it",
    "por": "pt",
    "jpn": "ja",
    "nld": "nl",
    "lit": "lt",
    "ara": "ar",
    "rus": "ru",
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "japanese": "ja",
    "dutch": "nl",
    "lithuanian": "lt",
    "arabic": "ar",
    "russian": "ru",
    "polish": "pl",
    "greek": "el",
    "czech": "cs",
    "swedish": "sv",
    "norwegian": "no",
    "finnish": "fi",
    "hungarian": "hu",
    "chinese": "zh",
    "korean": "ko",
}
