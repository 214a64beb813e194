#!/bin/sh
# Makes .venv and installs what `make run` or `make test` needs: make_environment.sh run|test|package
# Does nothing where that has been done for the lock file, project file, place and Python that are there now.
set -eu

purpose=$1
cd "$(dirname "$0")/.."
lock=requirements/$purpose.lock
case "${OS:-}" in
    Windows_NT) python=.venv/Scripts/python.exe ;;
    *) python=.venv/bin/python ;;
esac

fail() {
    echo "Reading List: $*" >&2
    exit 1
}

runs() { "$@" >/dev/null 2>&1; }

right_version() { runs "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))'; }

# The first Python that can make an environment; failing that, a sentence that says what would help.
find_python() {
    without_venv=
    too_old=
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        runs "$name" -c '' || continue
        if ! right_version "$name"; then
            too_old="$name is $("$name" -c 'import platform; print(platform.python_version())')"
        elif ! runs "$name" -c 'import ensurepip, venv'; then
            without_venv=${without_venv:-$name}
        else
            echo "$name"
            return
        fi
    done
    explain_no_python
}

explain_no_python() {
    if [ -n "$without_venv" ] && runs command -v apt-get; then
        version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        fail "$without_venv cannot make an environment, because its venv module is not installed. Install it with:" \
            "sudo apt-get install python3-venv   (or python$version-venv)"
    elif [ -n "$without_venv" ]; then
        fail "$without_venv cannot make an environment: its modules venv and ensurepip are missing. Install the" \
            "package of your system that holds them, or Python from https://www.python.org/downloads/."
    elif [ -n "$too_old" ]; then
        fail "Python 3.11 to 3.14 is needed, and $too_old. Install one, or name it: make run PYTHON=/path/to/python3.12"
    fi
    fail "Python 3.11 to 3.14 is needed, and none was found. Install it, for example with:" \
        "sudo apt-get install python3 python3-venv   or from https://www.python.org/downloads/."
}

state() { { cat "requirements/$1.lock" pyproject.toml; pwd; "$python" -c 'import sys; print(sys.version)'; } | cksum; }

if ! runs "$python" -c ''; then
    chosen=$(find_python)
    echo "Making an environment in .venv with $chosen ..."
    "$chosen" -m venv --clear .venv || fail "The environment .venv could not be made; the reason stands above."
fi
right_version "$python" || fail "The environment .venv has a Python that is not 3.11 to 3.14. Delete the folder .venv."
[ "$(cat ".venv/$purpose.stamp" 2>/dev/null)" = "$(state "$purpose")" ] && exit 0

runs "$python" -m pip --version || "$python" -m ensurepip >/dev/null ||
    fail "The environment .venv has no pip. Delete the folder .venv and try again."
echo "Installing what $lock lists (once; this needs the network) ..."
"$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" ||
    fail "Not all packages could be installed; pip's reason stands above. With the network there, try again."
"$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ||
    fail "The project itself could not be installed; pip's reason stands above."
state "$purpose" >".venv/$purpose.stamp"
state run >.venv/run.stamp # the other locks hold all that run.lock holds, in the same versions
