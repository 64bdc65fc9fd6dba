"""What a file of measurements says of where they come from."""
import platform
import subprocess
import time


def processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())


def commit(folder):
    git = subprocess.run(["git", "-C", folder, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return git.stdout.strip() or "unknown"


def stamp(*folders):
    """The machine, the date, and the commit of each folder."""
    return {"machine": processor(), "date": time.strftime("%Y-%m-%d %H:%M"), "commits": [commit(f) for f in folders]}
