"""Streams raw sound (16 bits, mono, 16 kHz) to a server with the client of the package vosk; prints its results."""

import argparse
import asyncio
import json
import sys

from vosk.transcriber.transcriber import Transcriber


async def main(server, sound_path):
    # Without its constructor, which would load a model of its own.
    client = Transcriber.__new__(Transcriber)
    client.args = argparse.Namespace(server=server)
    process = await asyncio.create_subprocess_exec("cat", sound_path, stdout=asyncio.subprocess.PIPE)
    results, sound_bytes = await client.recognize_stream_server(process)
    await process.wait()
    print(json.dumps({"results": results, "soundBytes": sound_bytes}))


asyncio.run(main(sys.argv[1], sys.argv[2]))
