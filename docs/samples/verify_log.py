"""Checks a trace log, or the proof of one entry, with nothing but Python 3.8 or later:

  verify_log.py [--key VKEY] [--minimum N] [--witness VKEY ...] LOG_FOLDER
  verify_log.py  --key VKEY  [--witness VKEY ...] PROOF.tlog-proof ENTRY_FILE

VKEY is the text name+hash+key, or a file that holds it. Without --key a folder's own key.vkey is taken, which shows
that the log is in itself sound but not whose it is. --minimum says that entries before N were pruned by the log's
owner: they may be missing, and are then checked by their hashes alone. Witnesses must have cosigned.

Written from c2sp.org (signed-note, tlog-checkpoint, -cosignature, -proof, -tiles), RFC 6962 (the tree) and RFC 8032
(Ed25519), not from the program that writes the logs. Exit code: 0 sound, 1 broken, 2 cannot be checked."""
import argparse, base64, binascii, hashlib, os, re, sys, time

class Broken(Exception):
    """The log or proof is not what was signed."""
def need(condition, problem):
    if not condition:
        raise Broken(problem)

# Ed25519, RFC 8032 section 5.1, with plain coordinates: slow, but short enough to be read.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def add(p, q):
    k = D * p[0] * q[0] * p[1] * q[1]
    return (p[0] * q[1] + q[0] * p[1]) * pow(1 + k, -1, P) % P, (p[1] * q[1] + p[0] * q[0]) * pow(1 - k, -1, P) % P

def times(number, point):
    result = (0, 1)
    for bit in f"{number:b}":
        result = add(add(result, result), point if bit == "1" else (0, 1))
    return result
def point(encoded):
    """The point that 32 bytes stand for, None if they stand for none."""
    y, odd = int.from_bytes(encoded, "little") & (2**255 - 1), encoded[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    return (x if x & 1 == odd else P - x), y
BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def ed25519(key, message, signature):
    """Whether the key signed the message."""
    a, r, s = point(key), point(signature[:32].ljust(32)), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return times(s, BASE) == add(r, times(h, a))

def decode(text, what):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    need(data and base64.b64encode(data).decode() == text, f"{what} is not Base64: {text}")
    return data

class Key:
    """A verifier key: type 1 signs the text of a note, type 4 cosigns a checkpoint with the time."""
    def __init__(self, text, kind):
        lines = open(text, encoding="utf-8").read().split() if os.path.isfile(text) else [text]
        self.kind = kind
        for self.name, self.id, material in (line.split("+", 2) for line in lines if line.count("+") > 1):
            typed = base64.b64decode(material)
            self.key, wanted = typed[1:], hashlib.sha256(self.name.encode() + b"\n" + typed).hexdigest()[:8]
            if typed[:1] == bytes([kind]) and len(typed) == 33 and self.id == wanted:
                return
        raise ValueError(f"not a verifier key of type {kind}: {text}")

    def check(self, text, signatures):
        """Each signature of this key must be right, and there must be one. Answers the time of a cosignature."""
        mine = [s[4:] for name, s in signatures if name == self.name and s[:4].hex() == self.id]
        need(mine, f"{self.name} has not signed with the key {self.id}")
        for signature in mine:
            message, stamp = text.encode(), int.from_bytes(signature[:8], "big")
            if self.kind == 4:
                message, signature = b"cosignature/v1\ntime %d\n" % stamp + message, signature[8:]
            need(ed25519(self.key, message, signature), f"the signature of {self.name} is wrong")
        return stamp

def checkpoint(note, key, witnesses):
    """Size and root of a checkpoint, once its signatures are found right."""
    note = note.decode("utf-8", "surrogateescape")
    form = re.fullmatch("([^\n]+)\n(0|[1-9][0-9]{0,18})\n([^\n]+)\n(?:[^\n]+\n)*\n((?:— [^ +\n]+ [^ \n]+\n)+)", note)
    need(form and not re.search("[\0-\x09\x0b-\x1f\ud800-\udfff]", note), "not a checkpoint in form")
    origin, size, root, lines = form.groups()
    text, split = note[:form.start(4) - 1], [line.split(" ") for line in lines[:-1].split("\n")]
    signatures = [(name, decode(signature, "a signature")) for _, name, signature in split]
    need(origin == key.name, f"a checkpoint of {origin}, not of {key.name}")
    key.check(text, signatures)
    print(f"origin: {origin}\nsize:   {size} entries\nroot:   {root}")
    for witness in witnesses:
        stamp = witness.check(text, signatures)
        print(f"cosigned by {witness.name} at {time.strftime('%FT%TZ', time.gmtime(stamp))}")
    return int(size), decode(root, "the root")

def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()
def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()
def tree(hashes):
    """The hash over 1, 2, 4, 8 … hashes."""
    while len(hashes) > 1:
        hashes = [node(*hashes[i:i + 2]) for i in range(0, len(hashes), 2)]
    return hashes[0]

def resource(folder, kind, number, width):
    """A tile or bundle and its name; the full one may stand in for a partial one. Empty if there is none."""
    name = f"tile/{kind}/" + re.sub("(...)(?=.)", r"x\1/", str(number).zfill(-(-len(str(number)) // 3) * 3))
    for path in [f"{name}.p/{width}", name] if width < 256 else [name]:
        if os.path.isfile(os.path.join(folder, path)):
            return open(os.path.join(folder, path), "rb").read(), path
    return b"", name

def log(folder, key, witnesses, minimum):
    """Computes the whole tree from the entries and compares all tiles."""
    need("checkpoint" in os.listdir(folder), "there is no checkpoint")
    size, root = checkpoint(open(os.path.join(folder, "checkpoint"), "rb").read(), key, witnesses)
    levels, pruned, value = [], 0, None  # levels: of each the hashes of its last tile
    def compare(level, number):
        data, name = resource(folder, level, number, len(levels[level]))
        need(len(data) in (32 * len(levels[level]), 8192), f"{name} is missing or has a wrong length")
        for i, computed in enumerate(levels[level]):
            first = (number * 256 + i) * 256**level
            need(data[32 * i:32 * i + 32] == computed, f"{name} and the entries from {first} on do not agree")
    def grow(level, value, number):
        levels.extend([[]] * (level == len(levels)))
        levels[level].append(value)
        if len(levels[level]) == 256:
            compare(level, number)
            grow(level + 1, tree(levels[level]), number // 256)
            levels[level] = []
    for number in range(-(-size // 256)):
        width, at = min(256, size - number * 256), 0
        data, name = resource(folder, "entries", number, width)
        if not data and (number + 1) * 256 <= minimum:
            data, name = resource(folder, 0, number, 256)
            for at in range(0, 8192, 32):
                grow(0, data[at:at + 32], number)
            pruned = (number + 1) * 256
            continue
        need(data, f"{name} is missing")
        for index in range(number * 256, number * 256 + width):
            end = at + 2 + int.from_bytes(data[at:at + 2], "big")
            need(end <= len(data), f"{name} is cut off at entry {index}")
            grow(0, leaf(data[at + 2:end]), number)
            at = end
        need(at == len(data) or width < 256 and ".p/" not in name, f"{name} holds more than its entries")
    for level, hashes in enumerate(levels):
        if hashes:
            compare(level, size // 256**level // 256)
        while hashes:  # perfect trees from the right, the last hashes first
            width = len(hashes) & -len(hashes)
            value = node(tree(hashes[-width:]), value) if value else tree(hashes[-width:])
            hashes = hashes[:-width]
    need((value or hashlib.sha256().digest()) == root, "the entries do not have the root that was signed")
    return f"all entries and tiles are what was signed{f'; those before {pruned} are pruned' if pruned else ''}"

def proof(data, entry, key, witnesses):
    """Checks that a tlog-proof leads from the entry to a signed checkpoint."""
    head, blank, note = data.partition(b"\n\n")
    form = re.fullmatch("c2sp.org/tlog-proof@v1\n(?:extra [^\n]+\n)?index (0|[1-9][0-9]{0,18})((?:\n[^\n]+){0,63})",
                        head.decode("ascii", "replace"), re.ASCII)
    need(form, "not a tlog-proof")
    path = [decode(line, "a hash") for line in form[2].split("\n")[1:]]
    size, root = checkpoint(note, key, witnesses)
    def climb(index, size, path):  # RFC 6962, section 2.1.1
        need(index < size and bool(path) == (size > 1), "the proof has a wrong length")
        if not path:
            return leaf(entry)
        half, below = 1 << (size - 1).bit_length() - 1, path[:-1]
        if index < half:
            return node(climb(index, half, below), path[-1])
        return node(path[-1], climb(index - half, size - half, below))
    need(climb(int(form[1]), size, path) == root, f"the proof does not lead from this entry, number {form[1]}, up")
    return f"this is entry {form[1]}"

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--key")
parser.add_argument("--minimum", type=int, default=0)
parser.add_argument("--witness", action="append", default=[])
parser.add_argument("paths", nargs="+")
options = parser.parse_args()
if len(options.paths) > 2 or len(options.paths) == 2 and not options.key:
    parser.error("give one folder, or --key, a proof and the entry")
try:
    key = Key(options.key or os.path.join(options.paths[0], "key.vkey"), 1)
    witnesses = [Key(witness, 4) for witness in options.witness]
    print("key:   ", key.name, key.id, "" if options.key else "(found beside the log: compare it with yours)")
    if len(options.paths) == 1:
        print("SOUND:", log(options.paths[0], key, witnesses, options.minimum))
    else:
        print("SOUND:", proof(*(open(path, "rb").read() for path in options.paths), key, witnesses))
except Broken as problem:
    sys.exit(f"BROKEN: {problem}")
except (OSError, ValueError) as problem:
    print("CANNOT BE CHECKED:", problem, file=sys.stderr)
    sys.exit(2)
