#!/bin/sh
# Makes .venv and installs the course into it; does nothing when that is done already.
# Usage: tools/bootstrap.sh lab|test     lab: what a learner needs; test: the maintainer's tools as well.
# PYTHON=... chooses the interpreter, CONSTRAINTS= (empty) takes the newest versions of everything.
set -eu

kind=$1
venv=.venv
constraints=${CONSTRAINTS-constraints.txt}
wanted="Python 3.11, 3.12 or 3.13"

# An interpreter that is too old may lack even f-strings, so the question is put in the oldest words.
version_of() {
    "$1" -c 'import sys; sys.stdout.write("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

has_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

find_python() {
    seen=""
    without_venv=""
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python} \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[123].*/bin/python; do
        version=$(version_of "$candidate") || continue
        case $version in
            3.11 | 3.12 | 3.13)
                if has_venv "$candidate"; then
                    echo "$candidate"
                    return
                fi
                without_venv=$version ;;
            *) case " $seen" in *" $version,"*) ;; *) seen="$seen$version, " ;; esac ;;
        esac
        [ -z "${PYTHON:-}" ] || break
    done
    if [ -n "$without_venv" ]; then
        echo "Python $without_venv is here, but without its venv module: install it (Debian and Ubuntu: apt install python$without_venv-venv)." >&2
    elif [ -n "$seen" ]; then
        echo "The course needs $wanted, but found only ${seen%, }: install one of them from https://www.python.org/downloads/." >&2
    else
        echo "No Python was found: install $wanted from https://www.python.org/downloads/." >&2
    fi
    exit 1
}

# What was installed, in one line: the files that say so, the constraints in force, and the kind.
recipe() {
    { cat requirements.txt pyproject.toml; [ -z "$constraints" ] || cat "$constraints"; echo "$constraints $1"; } | cksum
}

installed() {
    [ -f "$venv/installed-$1" ] && [ "$(cat "$venv/installed-$1")" = "$(recipe "$1")" ] && "$venv/bin/python" -c '' 2>/dev/null
}

if installed test || { [ "$kind" = lab ] && installed lab; }; then
    exit 0
fi

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "Making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi
echo "Installing the course's packages into $venv; the first time this takes some minutes and about 3 GB"
rm -f "$venv"/installed-*
extra=""
[ "$kind" = lab ] || extra="[test]"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    ${constraints:+--constraint "$constraints"} --editable ".$extra"
recipe "$kind" >"$venv/installed-$kind"
