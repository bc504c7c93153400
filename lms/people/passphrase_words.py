"""Plain words for passphrases, 256 of them: short, easy to spell, hard to mishear."""

WORDS: tuple[str, ...] = tuple(
    """
    acorn alarm album amber anchor apple apron arch arrow atlas autumn badge bagel baker ball bamboo banjo barn
    basil basket beach beacon bean beetle bell bench berry bike birch biscuit blanket blossom boat bonnet book
    boot bottle bowl box branch bread breeze brick bridge broom brush bucket bus butter button cabin cake camel
    camera candle canoe canvas card carpet carrot castle cedar cello chalk cheese cherry chess circle clay clock
    cloud clover coast coat cobble cocoa coin comet copper coral corn cotton cradle crane crayon cricket crown
    cup curtain cushion daisy dance desk diary dolphin donkey door dragon drum duck eagle easel echo elbow ember
    engine fabric falcon feather fence fern ferry fiddle field finch flag flask flute forest fossil fountain fox
    frost garden garlic gate ginger glass globe glove goat gold goose grape grass guitar hammer harbour harp hat
    hazel heron hill honey hood horse house island ivory ivy jacket jam jigsaw jumper kettle key kite kitten
    ladder lamp lantern lark lawn leaf lemon letter library lime linen lion lobster lock locket maple marble
    market meadow melon mill mint mirror mitten moon moss motor mountain mug music napkin needle nest nettle
    nutmeg oak oar oasis ocean olive onion orange otter owl paddle paint palm paper parcel park parrot path
    peach peanut pear pebble pencil pepper piano picnic pigeon pillow pine planet plate plum pocket pond pony
    poppy potato puddle puzzle quilt rabbit radio rain raven ribbon river robin rocket rope rose saddle salad
    salmon sand scarf seal shell ship shoe silk silver sofa soup spoon
    """.split()
)
