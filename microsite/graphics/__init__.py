"""Data to drawings: scales, paths, projected routes and placed labels for the SVG macros of templates/macros/graphics.html.

Everything here is a pure function; results are frozen and hold only what `digests` takes. It knows no template.
"""
