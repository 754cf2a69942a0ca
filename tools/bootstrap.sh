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

# An interpreter that is too old may lack even f-strings, so the question is put in the oldest words.
version_of() {
    "$1" -c 'import sys; sys.stdout.write("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

has_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

fits() {
    case $1 in 3.11 | 3.12 | 3.13) ;; *) return 1 ;; esac
}

stop() {
    echo "$1" >&2
    exit 1
}

stop_without_venv() { # $1: the version  $2: what to call it
    stop "$2 is here, but without its venv module: install it (Debian and Ubuntu: apt install python$1-venv)."
}

# The interpreter that PYTHON names must be fit: to take another one in its place would prove something else.
check_asked() {
    version=$(version_of "$asked") || version=""
    case $version in
        [0-9]*.[0-9]*) ;;
        *) stop "PYTHON=$asked does not run: give the name or path of $wanted, or leave PYTHON out." ;;
    esac
    fits "$version" || stop "PYTHON=$asked is Python $version, but the course needs $wanted."
    has_venv "$asked" || stop_without_venv "$version" "PYTHON=$asked (Python $version)"
}

find_python() {
    seen=""
    without_venv=""
    for candidate in python3 python3.13 python3.12 python3.11 python \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[123].*/bin/python; do
        version=$(version_of "$candidate") || continue
        if ! fits "$version"; then
            case " $seen" in *" $version,"*) ;; *) seen="$seen$version, " ;; esac
        elif has_venv "$candidate"; then
            echo "$candidate"
            return
        else
            without_venv=$version
        fi
    done
    [ -z "$without_venv" ] || stop_without_venv "$without_venv" "Python $without_venv"
    from="from https://www.python.org/downloads/."
    [ -z "$seen" ] || stop "The course needs $wanted, but found only ${seen%, }: install one of them $from"
    stop "No Python was found: install $wanted $from"
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

[ -z "$asked" ] || check_asked
fault=$(fault_of_venv)
if [ -z "$fault" ] && [ -n "$constraints" ]; then
    # Who has more has this as well.
    case $kind in lab) enough="lab test backends" ;; test) enough="test backends" ;; *) enough=$kind ;; esac
    for each in $enough; do
        if installed "$each"; then exit 0; fi
    done
fi

if [ -n "$fault" ]; then
    python=$asked
    [ -n "$python" ] || python=$(find_python)
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
