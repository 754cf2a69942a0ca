#!/bin/sh
# Makes .venv and installs the course into it; does nothing when that is done already.
# Usage: tools/bootstrap.sh lab|test|backends
# lab: what a learner needs; test: the maintainer's tools as well; backends: JAX and PyTorch on top of those.
# PYTHON=... names the interpreter: then no other is tried, and a .venv of another version is made anew.
# CONSTRAINTS= (empty) takes the newest versions of everything, and so asks for them at every call.
set -eu

kind=$1
venv=.venv
asked=${PYTHON:-}
constraints=${CONSTRAINTS-constraints.txt}
wanted="Python 3.11, 3.12 or 3.13"

# Prints a Python's version. One that is too old may lack even f-strings, so the question is put in the oldest words.
version_of() {
    version=$("$1" -c 'import sys; sys.stdout.write("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    case $version in [0-9]*.[0-9]*) echo "$version" ;; *) return 1 ;; esac
}

fits() {
    case $1 in 3.11 | 3.12 | 3.13) ;; *) return 1 ;; esac
}

# Prints the first of the given Pythons that is fit, or says in one sentence what was found in its place.
find_python() {
    found=""
    for candidate; do
        version=$(version_of "$candidate") || continue
        fault=""
        if fits "$version"; then
            if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
                echo "$candidate"
                return
            fi
            fault=" without its venv module (Debian and Ubuntu: apt install python$version-venv)"
        fi
        case $found in *"$version$fault"*) ;; *) found="${found:+$found, }Python $version$fault" ;; esac
    done
    if [ -n "$asked" ]; then
        found="PYTHON=$asked is ${found:-no Python that runs}"
    else
        found="this machine has ${found:-no Python}"
    fi
    echo "The course needs $wanted, but $found. Python is at https://www.python.org/downloads/." >&2
    return 1
}

# Says why .venv cannot stay as it is; says nothing where it can.
fault_of_venv() {
    if ! version=$(version_of "$venv/bin/python"); then
        echo "its Python does not run any more"
    elif ! fits "$version"; then
        echo "its Python $version is not $wanted"
    elif [ -n "$asked" ] && [ "$version" != "$(version_of "$asked")" ]; then
        echo "its Python $version is not that of PYTHON=$asked"
    elif ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        echo "its pip does not run"
    fi
}

# What was installed, in one line: Python, the files that name the packages, the constraints in force, the kind.
recipe() {
    {
        version_of "$venv/bin/python"
        cat requirements.txt pyproject.toml
        [ -z "$constraints" ] || cat "$constraints"
        echo "$constraints $1"
    } | cksum
}

installed() {
    [ -f "$venv/installed-$1" ] && [ "$(cat "$venv/installed-$1")" = "$(recipe "$1")" ]
}

# A .venv that was not made here may hold somebody's work: it is moved aside and never cleared.
keep_what_is_not_ours() {
    for stamp in "$venv"/installed-*; do
        [ ! -e "$stamp" ] || return 0
    done
    kept=$venv-kept
    number=1
    while [ -e "$kept-$number" ]; do number=$((number + 1)); done
    mv "$venv" "$kept-$number"
    echo "The folder $venv that was here is kept as $kept-$number"
}

# The interpreter that PYTHON names must be fit: to take another one in its place would prove something else.
[ -z "$asked" ] || python=$(find_python "$asked")
fault=$(fault_of_venv)
if [ -z "$fault" ] && [ -n "$constraints" ]; then
    # Who has more has this as well.
    case $kind in lab) enough="lab test backends" ;; test) enough="test backends" ;; *) enough=$kind ;; esac
    for each in $enough; do
        if installed "$each"; then exit 0; fi
    done
fi

if [ -n "$fault" ]; then
    [ -n "$asked" ] || python=$(find_python python3 python3.13 python3.12 python3.11 python \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[123].*/bin/python)
    if [ -e "$venv" ]; then
        echo "Making $venv anew with $("$python" --version), because $fault"
        keep_what_is_not_ours
    else
        echo "Making $venv with $("$python" --version)"
    fi
    "$python" -m venv --clear "$venv"
fi
echo "Installing the course's packages into $venv; the first time this takes some minutes and about 3 GB"
rm -f "$venv"/installed-*
case $kind in lab) extra="" ;; test) extra="[test]" ;; *) extra="[test,jax,torch]" ;; esac
if [ -n "$constraints" ]; then
    set -- --constraint "$constraints"
else
    set -- --upgrade --upgrade-strategy eager
fi
"$venv/bin/python" -m pip install -qq --disable-pip-version-check "$@" --editable ".$extra"
recipe "$kind" >"$venv/installed-$kind"
