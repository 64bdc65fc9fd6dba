# Sourced by the other scripts: installs the Debian packages named in $packages that are missing, and builds.
# Expects: the working directory is the root of the checkout.

say() { printf '%s\n' "$*" >&2; }

# What building and testing takes, by Debian's names.
packages="cmake gcc libc6-dev make pkg-config liblua5.4-dev libcairo2-dev libpango1.0-dev libedit-dev libcmocka-dev
libgif-dev libkissfft-dev libminizip-dev libhdf5-dev libcivetweb-dev libopenmpi-dev openmpi-bin fonts-liberation2 lua5.4 poppler-utils qpdf"

missing_packages() {
  for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || printf '%s ' "$package"
  done
}

install_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    command -v cmake >/dev/null && command -v cc >/dev/null && pkg-config --exists lua5.4 pangocairo kissfft-float minizip cmocka 2>/dev/null && return
    say "This is not a Debian system. Please install what izhlua is built with: cmake, a C compiler, make, pkg-config, and"
    say "the development files of Lua 5.4 (as pkg-config module lua5.4), cairo, Pango, giflib, KISS FFT (kissfft-float), minizip, cmocka,"
    say "for the prompt libedit, for .h5 and .nwb files HDF5, for many machines an MPI, and for --explore civetweb;"
    say "figures look best with the Liberation Sans fonts. Debian calls these packages:"
    say "  $(echo $packages)"
    exit 1
  fi
  missing=$(missing_packages)
  [ -z "$missing" ] && return
  say "Installing: $missing"
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
    if ! command -v sudo >/dev/null; then
      say "These packages are missing, and only root can install them (there is no sudo here). As root, please run:"
      say "  apt-get install $missing"
      exit 1
    fi
  fi
  $as_root apt-get update -q >&2
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
}

# Under sudo the rest is done by the user who called it, when the checkout is theirs: no file of root is left in it.
drop_root() {
  [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_UID:-}" ] && [ "$(stat -c %u .)" = "$SUDO_UID" ] || return 0
  exec sudo -u "#$SUDO_UID" -- "$@"
}

# build PRESET [cmake options]
build() {
  preset=$1
  shift
  cmake --preset "$preset" "$@" >build.log 2>&1 || { cat build.log >&2; exit 1; }
  cmake --build "build/$preset" -j "$(nproc)" >build.log 2>&1 || { cat build.log >&2; exit 1; }
  rm -f build.log
}
