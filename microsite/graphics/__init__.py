"""Data to drawings: scales, paths, projected routes and placed labels for the SVG macros of the templates.

Everything here is a pure function; results are frozen and hold only what `digests` takes. It knows no template.
"""

from microsite.graphics.career import CareerChart, CareerStart, career_chart
from microsite.graphics.gaps import GapCar, GapChart, GapStanding, gap_chart
from microsite.graphics.places_map import PlacesMap, places_map
from microsite.graphics.route_map import LANDSCAPE, PORTRAIT, RouteMap, Stop, route_map
from microsite.graphics.small_routes import SmallFrame, SmallRoute, small_frame, small_route

__all__ = [
    "LANDSCAPE",
    "PORTRAIT",
    "CareerChart",
    "CareerStart",
    "GapCar",
    "GapChart",
    "GapStanding",
    "PlacesMap",
    "RouteMap",
    "SmallFrame",
    "SmallRoute",
    "Stop",
    "career_chart",
    "gap_chart",
    "places_map",
    "route_map",
    "small_frame",
    "small_route",
]
