"""The car: a five-door Defender 110 body as a rally car, from published dimensions and descriptions. No logos."""

from forms import new_stage
from materials import make_materials
from wheels import make_wheels

from car.body import arches, bonnet, flanks, sills
from car.cabin import crew, interior, loose_belts
from car.equipment import equipment
from car.face import face
from car.greenhouse import greenhouse
from car.numerals import numbers
from car.tail import tail


def build(number="502", steer=0.0, droop=(0.0, 0.0, 0.0, 0.0), manned=True):
    """The whole car on a new stage; returns the object that carries it."""
    root = new_stage("car")
    make_materials()
    flanks()
    arches()
    sills()
    bonnet()
    face()
    greenhouse()
    tail()
    equipment()
    interior()
    if manned:
        crew()
    else:
        loose_belts()
    numbers(number)
    make_wheels(steer, droop)
    return root
