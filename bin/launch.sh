# Read by the launchers beside it. Finds Java, builds what is missing or out of date, and runs a main class:
#
#   launch MAIN_CLASS [ARGUMENT...]
#
# JAVA_HOME comes before the PATH. Once built, nothing here needs Maven or a network.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
modules="linalg autodiff nn laplace interop property-tests examples"
oldest_java=17

die() {
  printf 'laplace4j: %s\n' "$1" >&2
  exit 1
}

find_java() {
  if [ -n "${JAVA_HOME-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || die "JAVA_HOME is $JAVA_HOME, but there is no program $java.
Set JAVA_HOME to the folder of a JDK, version $oldest_java or later, or unset it to use the java on the PATH."
  else
    java=$(command -v java) || die "no Java found: JAVA_HOME is not set, and no java is on the PATH.
Install a JDK, version $oldest_java or later, and set JAVA_HOME to its folder."
  fi
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  major=${version#1.}
  major=${major%%[!0-9]*}
  [ -n "$major" ] || die "$java does not tell its version; set JAVA_HOME to the folder of a JDK, version $oldest_java or later."
  [ "$major" -ge "$oldest_java" ] || die "$java is Java $version, and $oldest_java or later is needed.
Install a newer JDK (17 and 25 are tested) and set JAVA_HOME to its folder."
}

out_of_date() {
  [ -f "$stamp" ] || return 0
  set -- "$root/pom.xml"
  for module in $modules; do
    [ -d "$root/$module/target/classes" ] || [ ! -d "$root/$module/src/main" ] || return 0
    set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main"
  done
  # A folder is newer too when a file was taken out of it.
  [ -n "$(find "$@" -newer "$stamp" 2>/dev/null | head -n 1)" ]
}

build() {
  [ -x "${java%java}javac" ] || die "this checkout must be compiled first, and $java has no javac beside it.
Install a JDK, not only a runtime, and set JAVA_HOME to its folder."
  if [ -f "$stamp" ]; then
    printf 'laplace4j: sources have changed, building ...\n' >&2
  else
    printf 'laplace4j: building (first run, about a minute) ...\n' >&2
  fi
  mkdir -p "$root/target" || exit 1
  # Taken before the build, so that what changes during it is built the next time.
  : >"$stamp.new" || exit 1
  (
    cd "$root" &&
      ./mvnw --batch-mode --quiet --no-transfer-progress -Dquick --also-make \
        --projects "$(printf %s "$modules" | tr ' ' ,)" \
        compile dependency:copy-dependencies -DincludeScope=runtime \
        -DexcludeGroupIds=org.laplace4j "-DoutputDirectory=$root/target/lib"
  ) >&2 || die "the build failed; its messages are above."
  mv "$stamp.new" "$stamp" || exit 1
}

launch() {
  find_java
  stamp=$root/target/launch.stamp
  if out_of_date; then build; fi

  main=$1
  shift
  class_path=
  for module in $modules; do
    class_path=$class_path$root/$module/target/classes:
  done
  exec "$java" --add-modules jdk.incubator.vector -XX:MaxRAMPercentage=60 \
    -Djava.awt.headless=true \
    -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 \
    -cp "$class_path$root/target/lib/*" "$main" "$@"
}
