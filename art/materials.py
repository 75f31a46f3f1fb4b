"""Paint, glass, rubber and metal. The livery is painted by planes through the car, and dust settles by height, in the
shader: nothing needs texture coordinates. Colours are linear RGB."""

import bpy
from forms import Stage

SAND = (0.455, 0.335, 0.205, 1)
STONE = (0.235, 0.222, 0.200, 1)
EARTH = (0.080, 0.046, 0.028, 1)
AQUA = (0.020, 0.330, 0.325, 1)
BONE = (0.70, 0.64, 0.52, 1)
INK = (0.012, 0.012, 0.013, 1)
DUST = (0.47, 0.365, 0.255, 1)


class Shader:
    """A material under construction, with short names for the nodes that are needed."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.output = self.node("ShaderNodeOutputMaterial")
        Stage.materials[name] = self.material
        coordinates = self.node("ShaderNodeTexCoord")
        coordinates.object = Stage.root
        self.place = coordinates.outputs["Object"]  # where a point is on the car, however the car stands

    def node(self, kind, **settings):
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        return node

    def put(self, socket, value):
        """Set an input to a constant or link it to an output."""
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def finish(self, shader):
        self.put(self.output.inputs[0], shader)
        return self.material

    def world_place(self):
        self.place = self.node("ShaderNodeNewGeometry").outputs["Position"]
        return self.place

    def axes(self, vector=None):
        split = self.node("ShaderNodeSeparateXYZ")
        self.put(split.inputs[0], self.place if vector is None else vector)
        return split.outputs

    def math(self, operation, a, b=0.0, c=None, clamp=False):
        node = self.node("ShaderNodeMath", operation=operation, use_clamp=clamp)
        self.put(node.inputs[0], a)
        self.put(node.inputs[1], b)
        if c is not None:
            self.put(node.inputs[2], c)
        return node.outputs[0]

    def add(self, a, b):
        return self.math("ADD", a, b)

    def sub(self, a, b):
        return self.math("SUBTRACT", a, b)

    def mul(self, a, b):
        return self.math("MULTIPLY", a, b)

    def step(self, value, start, end):
        """0 at `start`, 1 at `end`, smooth between."""
        node = self.node("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
        self.put(node.inputs[0], value)
        node.inputs[1].default_value, node.inputs[2].default_value = start, end
        return node.outputs[0]

    def edge(self, value):
        """1 where a value is above zero: the sharp edge of a colour."""
        return self.step(value, -0.003, 0.003)

    def noise(self, scale, detail=4.0, roughness=0.6, stretch=None):
        """Noise by place, from 0 to 1; `stretch` scales the axes, so that it runs in streaks along the smallest."""
        place = self.place
        if stretch:
            scaled = self.node("ShaderNodeVectorMath", operation="MULTIPLY")
            self.put(scaled.inputs[0], place)
            scaled.inputs[1].default_value = stretch
            place = scaled.outputs[0]
        node = self.node("ShaderNodeTexNoise")
        self.put(node.inputs["Vector"], place)
        node.inputs["Scale"].default_value = scale
        node.inputs["Detail"].default_value = detail
        node.inputs["Roughness"].default_value = roughness
        return node.outputs[0]

    def colours(self, factor, a, b):
        node = self.node("ShaderNodeMix", data_type="RGBA")
        self.put(node.inputs[0], factor)
        self.put(node.inputs[6], a)
        self.put(node.inputs[7], b)
        return node.outputs[2]

    def blend(self, factor, a, b):
        node = self.node("ShaderNodeMixShader")
        self.put(node.inputs[0], factor)
        self.put(node.inputs[1], a)
        self.put(node.inputs[2], b)
        return node.outputs[0]

    def bump(self, height, strength, distance):
        node = self.node("ShaderNodeBump")
        node.inputs["Strength"].default_value, node.inputs["Distance"].default_value = strength, distance
        self.put(node.inputs["Height"], height)
        return node.outputs[0]


def _body_livery(k):
    """Sand in front; a bone stripe, stone and earth behind slanted planes; earth along the sills."""
    x, _, z = k.axes()
    slant = k.add(x, k.mul(z, 0.85))
    colour = k.colours(k.edge(k.sub(0.05, slant)), SAND, STONE)
    colour = k.colours(k.edge(k.sub(k.sub(0.86, k.mul(x, 0.16)), z)), colour, EARTH)
    colour = k.colours(k.edge(k.sub(-0.62, slant)), colour, EARTH)
    stripe = k.mul(k.edge(k.sub(slant, 0.05)), k.edge(k.sub(0.115, slant)))
    return k.colours(stripe, colour, BONE)


def _roof_livery(k):
    """Aqua in front, a thin second line, ink behind."""
    x, y, _ = k.axes()
    front = k.add(x, k.mul(k.math("ABSOLUTE", y), 0.6))
    colour = k.colours(k.edge(k.sub(front, 0.12)), INK, AQUA)
    line = k.mul(k.edge(k.sub(front, 0.02)), k.edge(k.sub(0.07, front)))
    return k.colours(line, colour, AQUA)


def _solid(
    name, colour, roughness, *, metal=0.0, coat=0.0, dust=0.6, heights=(0.35, 1.15), top=0.25, bump=0.0, glow=None
):
    """Everything that is not glass. `dust`: how much below `heights`; `top`: how much lies on level faces."""
    k = Shader(name)
    base = k.node("ShaderNodeBsdfPrincipled")
    if callable(colour):
        colour = colour(k)
    if dust > 0:
        x, _, z = k.axes()
        patches, grain = k.noise(3.2, 6.0), k.noise(38.0, 3.0)
        low = k.step(k.add(z, k.mul(k.sub(patches, 0.5), 0.55)), heights[1], heights[0])
        facing = k.axes(k.node("ShaderNodeNewGeometry").outputs["Normal"])[2]
        # On level faces a thin even veil, drawn backwards by the wind; patches there would look like clouds.
        streaks = k.math("MULTIPLY_ADD", k.noise(5.0, 4.0, 0.55, stretch=(0.18, 1.0, 1.0)), 0.7, 0.25)
        level = k.mul(k.step(facing, 0.45, 0.95), k.mul(top, streaks))
        tail = k.mul(k.step(x, -1.4, -2.6), 0.22 * dust)
        amount = k.add(k.mul(low, dust), k.add(level, tail))
        amount = k.math("MULTIPLY", amount, k.math("MULTIPLY_ADD", grain, 0.9, 0.5), clamp=True)
        colour = k.colours(amount, colour, DUST)
        roughness = k.math("MULTIPLY_ADD", amount, 0.8 - roughness, roughness)
        if coat:
            coat = k.mul(k.math("SUBTRACT", 1.0, amount, clamp=True), coat)
    k.put(base.inputs["Base Color"], colour)
    k.put(base.inputs["Roughness"], roughness)
    k.put(base.inputs["Coat Weight"], coat)
    base.inputs["Coat Roughness"].default_value = 0.04
    base.inputs["Metallic"].default_value = metal
    if bump:
        k.put(base.inputs["Normal"], k.bump(k.noise(420.0, 2.0), bump, 0.002))
    if glow:
        base.inputs["Emission Color"].default_value, base.inputs["Emission Strength"].default_value = glow
    return k.finish(base.outputs[0])


def _unwiped(k):
    """1 where neither wiper of the windscreen reaches, 0 where one of them has wiped the dust away."""
    _, y, z = k.axes()
    up = k.mul(k.sub(z, 1.36), 1.13)  # the screen leans
    reached = []
    for pivot in (0.55, -0.05):
        aside = k.sub(y, pivot)
        distance = k.math("SQRT", k.add(k.mul(aside, aside), k.mul(up, up)))
        reached.append(k.step(distance, 0.600, 0.585))
    return k.sub(1.0, k.math("MAXIMUM", *reached))


def _clear(name, tint, film, wiped=False):
    """Glass without refraction: what is behind it, a reflection, and a film of dust near the edges of patches."""
    k = Shader(name)
    through, shine = k.node("ShaderNodeBsdfTransparent"), k.node("ShaderNodeBsdfGlossy")
    through.inputs[0].default_value = tint
    shine.inputs["Roughness"].default_value = 0.02
    fresnel = k.node("ShaderNodeFresnel")
    fresnel.inputs[0].default_value = 1.5
    glass = k.blend(fresnel.outputs[0], through.outputs[0], shine.outputs[0])
    if film:
        dust = k.node("ShaderNodeBsdfDiffuse")
        dust.inputs[0].default_value = DUST
        z = k.axes()[2]
        amount = k.mul(k.add(k.step(z, 1.52, 1.36), 0.35), k.mul(k.noise(9.0, 6.0), film))
        if wiped:
            amount = k.add(k.mul(amount, 0.7), k.mul(_unwiped(k), k.mul(k.noise(7.0, 6.0), 0.75)))
        glass = k.blend(amount, glass, dust.outputs[0])
    return k.finish(glass)


def make_materials():
    _solid("paint", _body_livery, 0.34, coat=1.0, dust=0.50, heights=(0.42, 0.98), top=0.14)
    _solid("sand", SAND, 0.34, coat=1.0, dust=0.25, top=0.16)
    _solid("aqua", AQUA, 0.35, coat=1.0, dust=0.3, top=0.25)
    _solid("roof", _roof_livery, 0.32, coat=0.8, dust=0.3, top=0.26)
    _solid("gloss", (0.008, 0.008, 0.009, 1), 0.14, coat=0.6, dust=0.28, heights=(0.5, 1.15), top=0.12)
    _solid("plastic", (0.020, 0.020, 0.021, 1), 0.5, dust=0.42, heights=(0.3, 0.95), bump=0.35, top=0.32)
    _solid("dark", (0.006, 0.006, 0.006, 1), 0.8, dust=0.22)
    _solid("rubber", (0.016, 0.0155, 0.015, 1), 0.75, dust=0.36, heights=(-0.15, 1.0), bump=0.3, top=0.2)
    _solid("rim", (0.035, 0.035, 0.037, 1), 0.34, metal=0.7, dust=0.28, heights=(0.1, 1.1), top=0.1)
    _solid("ring", (0.50, 0.48, 0.45, 1), 0.3, metal=1.0, dust=0.32, heights=(0.1, 1.1), top=0.1)
    _solid("alu", (0.55, 0.545, 0.53, 1), 0.38, metal=1.0, dust=0.45, heights=(0.3, 0.85))
    _solid("disc", (0.4, 0.39, 0.38, 1), 0.35, metal=1.0, dust=0.3)
    _solid("chrome", (0.8, 0.8, 0.8, 1), 0.08, metal=1.0, dust=0)
    _solid("plate", (0.84, 0.81, 0.74, 1), 0.4, coat=0.6, dust=0.26, heights=(0.4, 1.0))
    _solid("ink", INK, 0.4, coat=0.6, dust=0.2)
    _solid("cage", (0.62, 0.60, 0.55, 1), 0.4, dust=0)
    _solid("trim", (0.085, 0.080, 0.074, 1), 0.75, dust=0)
    _solid("seat", (0.045, 0.044, 0.044, 1), 0.8, dust=0)
    _solid("belts", (0.03, 0.30, 0.29, 1), 0.7, dust=0)
    _solid("suit", (0.250, 0.235, 0.210, 1), 0.85, dust=0, bump=0.3)
    _solid("helmet", (0.72, 0.70, 0.64, 1), 0.2, coat=1.0, dust=0)
    _solid("orange", (0.72, 0.13, 0.025, 1), 0.4, dust=0.22)
    _solid("red", (0.50, 0.010, 0.010, 1), 0.2, coat=1, dust=0.22, glow=((1, 0.03, 0.02, 1), 0.6))
    _solid("display", (0.05, 0.05, 0.05, 1), 0.2, dust=0, glow=((0.75, 0.92, 1, 1), 1.6))
    _solid("amber", (0.8, 0.25, 0.02, 1), 0.25, dust=0, glow=((1, 0.35, 0.03, 1), 0.7))
    _solid("lamp", (1, 1, 1, 1), 0.3, dust=0, glow=((1, 0.93, 0.82, 1), 5.0))
    _solid("daylight", (1, 1, 1, 1), 0.3, dust=0, glow=((1, 0.95, 0.88, 1), 6.0))
    _clear("glass", (0.60, 0.64, 0.63, 1), 0.16)
    _clear("screenglass", (0.66, 0.70, 0.69, 1), 0.16, wiped=True)
    _clear("lens", (0.85, 0.85, 0.85, 1), 0.0)


def set_glow(name, strength):
    """Switch a lamp to another strength (0 is off)."""
    base = next(n for n in Stage.materials[name].node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    base.inputs["Emission Strength"].default_value = strength
