"""Checks a warehouse against a digest document, without pennylane-sync: python3 check-proof.py proof.jsonl digest.json key.pem [objects]
With a copy of the bucket in the directory objects, the archived files are read too. Only Python's standard library and the command openssl are used. proof-dump.sql says how proof.jsonl is made."""
import base64, collections, decimal, hashlib, json, pathlib, re, subprocess, sys, tempfile
decimal.getcontext().prec = 1000000
sha = lambda data: hashlib.sha256(data).digest()


def number(value):
    sign, digits, exponent = value.normalize().as_tuple()
    if not any(digits):
        return "0"
    text = "".join(map(str, digits))
    return format(value.normalize(), "f") if abs(exponent) <= 64 else ("-" if sign else "") + text + "e" + str(exponent)


def string(value):  # U+FDD0 and four hex digits stand for what PostgreSQL cannot hold
    value = re.sub("\ufdd0(....)", lambda m: chr(int(m[1], 16)), value)
    return re.sub("[\ud800-\udfff]", lambda m: "\\u%04x" % ord(m[0]), json.dumps(value, ensure_ascii=False))


def canonical(value):  # keys by their UTF-16 units, no white space, numbers as exact decimals
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(string(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return {True: "true", False: "false", None: "null"}[value] if value in (True, False, None) and not isinstance(
        value, decimal.Decimal) else number(value) if isinstance(value, decimal.Decimal) else string(value)


def read(text):
    return json.loads(text, parse_int=decimal.Decimal, parse_float=decimal.Decimal)


dump, digest, key = sys.argv[1:4]
faults, batches, versions, files = [], collections.defaultdict(list), collections.defaultdict(list), collections.defaultdict(list)
seals, sealed = {}, collections.defaultdict(dict)  # what was thinned: each seal's hash, and the entry hashes that it kept
rewrites, contents = {}, collections.defaultdict(dict)  # personal data that was taken out: each hash, and the batch hashes over what was left
for line in open(dump, encoding="utf-8"):
    row = json.loads(line)
    if "batch_hash" in row:
        batches[row["company_id"], row["stream"]].append(row)
        continue
    if "seal" in row:
        facts = [1] + row["seal"] + [" ".join(map(str, batch)) for batch in row["batches"]]
        company, stream, n = row["seal"][:3]
        seals[company, stream, n] = sha("".join("%s\n" % ("" if fact is None else fact) for fact in facts).encode())
        sealed[company, stream].update((batch[0], bytes.fromhex(batch[3])) for batch in row["batches"])
        continue
    if "rewrite" in row:
        company, stream, n = row["rewrite"][:3]
        facts = [1] + row["rewrite"] + [" ".join(map(str, batch)) for batch in row["batches"]]
        rewrites[company, stream, n] = sha("".join("%s\n" % fact for fact in facts).encode()), row["batches"]
        continue
    if "entry" in row:
        files[row["company"], row["stream"]].append(row)
        continue
    place = row["company"], row["stream"], row["parent"], row["id"]
    versions[place].append((row["since"], row.get("until") or float("inf"), bytes.fromhex(row["hash"])))
    if row["payload"] is not None and sha(canonical(read(row["payload"])).encode()).hex() != row["hash"]:
        faults.append("record %s: its payload does not match its hash" % (place,))

for (company, stream, n), (_, rewritten) in sorted(rewrites.items()):
    contents[company, stream].update((batch[0], bytes.fromhex(batch[1])) for batch in rewritten)
chains = collections.defaultdict(lambda: [bytes(32)])
for (company, stream), ledger in batches.items():
    chain, gone = chains[company, stream], sealed[company, stream]
    for b in sorted(ledger, key=lambda batch: batch["number"]):
        while len(chain) in gone and len(chain) < b["number"]:
            chain.append(sha(chain[-1] + gone[len(chain)]))
        n = len(chain)
        content = hashlib.sha256(("%d\n%s\n%s\n" % (company, stream, b["pass"])).encode())
        ids, deleted = b["record_ids"], b["deleted_ids"]
        for parent, record in zip(b["parent_ids"] or [0] * len(ids), ids):
            current = [v[2] for v in versions[company, stream, parent, record] if v[0] <= b["id"] < v[1]]
            content.update(b"".join(x.to_bytes(8, "big", signed=True) for x in (parent, record)) + b"".join(current))
        for parent, record in zip(b["deleted_parent_ids"] or [0] * len(deleted), deleted):
            content.update(b"".join(x.to_bytes(8, "big", signed=True) for x in (parent, record)) + bytes(32))
        content = seals.get((company, stream, n), bytes(32)) if b["pass"] == "thinning" else content.digest()
        if b["pass"] == "privacy":
            content = rewrites.get((company, stream, n), (bytes(32),))[0]
        elif n in contents[company, stream]:
            if contents[company, stream][n] != content:
                faults.append("company %d %s batch %d: the records are not what was left of them" % (company, stream, b["id"]))
            content = bytes.fromhex(b["batch_hash"][2:])
        facts = [2, company, stream, n, b["pass"], b["run"], b["batch_key"], b["first_id"], b["last_id"], b["record_count"],
                 b["changed_count"], b["requests_used"], b["at"], content.hex()]
        entry = "".join("%s\n" % ("" if fact is None else fact) for fact in facts).encode()
        chain.append(sha(chain[-1] + (sha(entry) if b["hash_version"] == 2 else content)))
        if chain[-1].hex() != b["chain_hash"][2:] or b["number"] in gone:
            faults.append("company %d %s batch %d: the chain is not what the records make" % (company, stream, b["id"]))

archived, objects = collections.defaultdict(lambda: [bytes(32)]), 0
for (company, stream), entries in files.items():
    for n, e in enumerate(sorted(entries, key=lambda entry: entry["entry"]), 1):
        place, facts = "company %d %s file entry %d" % (company, stream, n), e["facts"]
        archived[company, stream].append(sha(archived[company, stream][-1] + bytes.fromhex(e["entry_hash"])))
        if archived[company, stream][-1].hex() != e["chain_hash"]:
            faults.append(place + ": the chain of files is broken")
        entry = "".join("%s\n" % ("" if fact is None else fact) for fact in [len(facts or []) - 9, company, stream, n] + (facts or [])).encode()
        if not facts or e["newest"] and sha(entry).hex() != e["entry_hash"]:
            faults.append(place + ": the row of the file is not what was archived")
        elif len(sys.argv) > 4 and e["newest"] and len(facts) == 10:
            stored, objects = pathlib.Path(sys.argv[4], facts[4]), objects + 1
            if not stored.is_file() or sha(stored.read_bytes()).hex() != facts[6]:
                faults.append(place + ": object %s is missing or altered" % facts[4])

signed = json.load(open(digest))
document = signed["document"]
for head in document["streams"]:
    chain = chains[head["company"], head["stream"]]
    if len(chain) <= head["batches"] or chain[head["batches"]].hex() != head["head"]:
        faults.append("company %d %s: the chain does not hold the head of digest %d" % (head["company"], head["stream"], document["sequence"]))
    chain = archived[head["company"], head["stream"]]
    if len(chain) <= head["files"] or chain[head["files"]].hex() != head["files_head"]:
        faults.append("company %d %s: the files do not hold the head of digest %d" % (head["company"], head["stream"], document["sequence"]))
level = [sha(b"\0" + canonical(read(json.dumps(head))).encode()) for head in document["streams"]]
while len(level) > 1:
    level = [sha(b"\1" + level[i] + level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
if (level or [sha(b"")])[0].hex() != document["root"]:
    faults.append("the root is not that of the streams")
with tempfile.NamedTemporaryFile() as text, tempfile.NamedTemporaryFile() as signature:
    text.write(canonical(read(json.dumps(document))).encode()), text.flush()
    signature.write(base64.b64decode(signed["signature"])), signature.flush()
    if subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", text.name, "-sigfile",
                       signature.name], capture_output=True).returncode:
        faults.append("the signature is not that of the key")
print("\n".join(faults) or "digest %d of %s: %d records and versions, %d batches, %d objects, signed by the key, no differences" % (
    document["sequence"], document["created_at"], sum(map(len, versions.values())), sum(map(len, batches.values())), objects))
sys.exit(1 if faults else 0)
