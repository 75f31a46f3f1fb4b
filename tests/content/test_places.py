"""Places lie in their countries, and maps lead from place to place."""

from __future__ import annotations

import re
from itertools import pairwise
from math import cos, hypot, radians

from microsite.schema.kinds import Edition, Place
from microsite.site_model import Site
from tests.real_site import ROOT

# South, north, west and east in degrees, mainland and the islands that a rally could reach, drawn by hand.
BOXES: dict[str, tuple[float, float, float, float]] = {
    "AE": (22.6, 26.1, 51.5, 56.4),
    "AO": (-18.1, -4.3, 11.6, 24.1),
    "AR": (-55.1, -21.7, -73.6, -53.6),
    "AU": (-43.7, -10.6, 113.1, 153.7),
    "BF": (9.4, 15.1, -5.6, 2.5),
    "BO": (-22.9, -9.6, -69.7, -57.4),
    "BR": (-33.8, 5.3, -74.0, -34.7),
    "BZ": (15.8, 18.5, -89.3, -87.4),
    "CD": (-13.5, 5.4, 12.2, 31.4),
    "CF": (2.2, 11.1, 14.4, 27.5),
    "CG": (-5.1, 3.8, 11.1, 18.7),
    "CI": (4.3, 10.8, -8.7, -2.4),
    "CL": (-56.0, -17.4, -75.8, -66.4),
    "CM": (1.6, 13.1, 8.4, 16.2),
    "DE": (47.2, 55.1, 5.8, 15.1),
    "DZ": (18.9, 37.2, -8.7, 12.0),
    "EG": (21.9, 31.7, 24.6, 36.9),
    "EH": (20.7, 27.7, -17.2, -8.6),
    "ES": (35.9, 43.8, -9.4, 4.4),
    "FR": (41.3, 51.1, -5.2, 9.6),
    "GA": (-4.0, 2.4, 8.6, 14.6),
    "GB": (49.9, 58.7, -7.6, 1.8),
    "GN": (7.1, 12.7, -15.1, -7.6),
    "ID": (-11.0, 6.1, 95.0, 141.1),
    "KE": (-4.7, 5.1, 33.9, 41.9),
    "KZ": (40.5, 55.5, 46.4, 87.4),
    "LA": (13.9, 22.6, 100.0, 107.7),
    "LY": (19.5, 33.2, 9.3, 25.2),
    "MA": (27.6, 36.0, -13.3, -1.0),
    "MG": (-25.7, -11.9, 43.2, 50.5),
    "ML": (10.1, 25.0, -12.3, 4.3),
    "MN": (41.5, 52.2, 87.7, 120.0),
    "MR": (14.7, 27.4, -17.1, -4.8),
    "MY": (0.8, 7.4, 99.6, 119.3),
    "NA": (-29.0, -16.9, 11.7, 25.3),
    "NE": (11.6, 23.6, 0.1, 16.0),
    "PE": (-18.4, 0.0, -81.4, -68.6),
    "PG": (-11.7, -1.3, 140.8, 156.0),
    "PT": (36.9, 42.2, -9.6, -6.1),
    "PY": (-27.7, -19.2, -62.7, -54.2),
    "RU": (41.1, 77.8, 27.3, 180.0),
    "SA": (16.3, 32.2, 34.5, 55.7),
    "SK": (47.7, 49.7, 16.8, 22.6),
    "SL": (6.9, 10.1, -13.4, -10.2),
    "SN": (12.3, 16.7, -17.6, -11.3),
    "TD": (7.4, 23.5, 13.4, 24.1),
    "TH": (5.6, 20.5, 97.3, 105.7),
    "TN": (30.2, 37.4, 7.5, 11.7),
    "TO": (-22.4, -15.5, -176.3, -173.7),
    "TZ": (-11.8, -0.9, 29.3, 40.5),
    "US": (24.5, 49.4, -124.8, -66.9),
    "ZA": (-34.9, -22.1, 16.4, 33.0),
}

BORDER_KM = 150


def kilometres_outside(place: Place) -> float:
    """How far a place lies from the box of its country; 0 inside."""
    south, north, west, east = BOXES[place.country]
    latitude, longitude = float(place.latitude), float(place.longitude)
    up = max(south - latitude, latitude - north, 0.0)
    aside = max(west - longitude, longitude - east, 0.0) * cos(radians(latitude))
    return hypot(up, aside) * 111.2


def test_places_lie_in_their_countries(site: Site) -> None:
    far = {place.id: round(kilometres_outside(place.data)) for place in site.all("place")}
    assert {place: km for place, km in far.items() if km > BORDER_KM} == {}


def test_every_place_is_on_a_map(site: Site, editions: list[Edition]) -> None:
    visited = {str(stop.place) for edition in editions for stop in edition.route.stops}
    visited |= {str(one.place) for chapter in site.all("chapter") for one in chapter.data.places}
    assert {place.id for place in site.all("place")} - visited == set()


def test_every_route_moves_on(editions: list[Edition]) -> None:
    still = [
        (edition.year, str(stop.place))
        for edition in editions
        for last, stop in pairwise(edition.route.stops)
        if last.place == stop.place
    ]
    assert still == [], "a loop is told by one stop"


def test_the_places_of_a_chapter_are_told_once_and_in_the_order_of_their_years(site: Site) -> None:
    for chapter in site.all("chapter"):
        places = [one.place for one in chapter.data.places]
        assert len(set(places)) == len(places), chapter.id
        years = [int(found[0]) for one in chapter.data.places if (found := re.search(r"[12][0-9]{3}", one.label))]
        assert years == sorted(years), chapter.id
        assert all(chapter.data.from_year <= year <= chapter.data.to_year for year in years), chapter.id


def test_the_camel_trophy_was_held_twenty_times(site: Site) -> None:
    """Every year from 1980 to 2000 but 1999: on the map, in the table and in the figure."""
    chapter = site.get("chapter", "camel-trophy")
    assert chapter is not None
    assert chapter.body is not None
    years = [year for year in range(1980, 2001) if year != 1999]
    assert [int(one.label) for one in chapter.data.places] == years
    assert [one.value for one in chapter.data.figures if one.id == "events"] == [len(years)]
    rows = re.findall(r"(?m)^\| ([0-9]{4}) \|", (ROOT / chapter.path).read_text(encoding="utf-8"))
    assert [int(row) for row in rows] == years


def test_a_journey_goes_from_place_to_place(site: Site) -> None:
    for chapter in site.all("chapter"):
        route = chapter.data.route
        points = [(stop.name, stop.latitude, stop.longitude) for stop in route.stops] if route else []
        assert [one for last, one in pairwise(points) if last[0] == one[0] or last[1:] == one[1:]] == [], chapter.id
