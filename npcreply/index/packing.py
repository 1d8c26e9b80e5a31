"""Texts of the index as few bytes: records resemble each other, and a table of what they share is
not kept with each.
"""

from __future__ import annotations

import zlib

# What lines and promises as JSON have in common, the commonest last. Another text here is another
# index: refresh.VERSION.
_SHARED = (
    '"repeats":["merged_into":"carried_from":"questions":[{"asked":"answered":"returned":[{"to":'
    '"handling_report":{"due":"rounds":[{"round":2,"progress_notices":[{"met":[{"on":"co":[{"body":'
    '"opinion_due":"opinion_on":"inquiry","proposal","publish_date":"received_on":"contact":'
    '"disclosure":"active","source":"term":"satisfied","basically_satisfied","dissatisfied",'
    '"requests":[{"asks":"carried_from":"merged_into":"reminders":[{"by":"reopened","superseded",'
    '"merged","dropped","reason":"forecast":true,"baseline":{"revised":[{"from":"parent":"1"'
    '"limit","growth","multiple","reports":{"from":"until":"cadence":["quarter","month","year"]'
    '"condition":"entered":"evidence":"quote":"note":"unit":"%","force":"effort","conditional",'
    '"standing","department":["市'
    '{"id":"20","path":"replies/20.yaml","kind":"suggestion","year":20,"number":"'
    '"session":"市届人大次会议","title":"关于的建议","field":"deputies":["代表","代表"],"lead":"市局",'
    '"assigned_on":"20-03-01","reply_date":"20-05-20","classes":[{"letter":"A","scheme":"zhejiang",'
    '"on":"20"}],"feedback":[{"round":1,"on":"20","attitude":"satisfied","result":"satisfied"}],'
    '"promises":,"pledges":[{"closings":[{"on":"20","as":"done"}]},{}],"others":{"'
    '"extensions":[{"on":"20","to":"20","reason":"targets":[{"id":1,"indicator":"kind":"level",'
    '"comparator":">=","value":"","unit":"个"}],"log":[{"on":"20","target":1,"value":"","unit":"个",'
    '"note":"}],"closings":[{"on":"20","as":"done","evidence":"}]},{"id":1,"text":"'
    '","deadline":{"date":"20-12-31","words":"年底前"}},{"id":2,"text":"'
).encode()
_RAW = -15  # no head and no checksum: rows have their own
_NEAR = -13  # 8 kB of a text at hand, and little memory made ready, are as good for short texts


def packed(text: str) -> bytes:
    """Return the text as bytes, the same for the same text."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _NEAR, 5, zlib.Z_DEFAULT_STRATEGY, _SHARED)
    return packer.compress(text.encode("utf-8", "surrogatepass")) + packer.flush()


def unpacked(data: bytes) -> str:
    """Return the text that was packed. Raises ValueError where these are not the bytes of one."""
    unpacker = zlib.decompressobj(_RAW, _SHARED)
    try:
        found = unpacker.decompress(data)
    except (TypeError, zlib.error) as error:
        raise ValueError from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError
    return found.decode("utf-8", "surrogatepass")
