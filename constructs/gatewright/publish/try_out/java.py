"""A jar, as far as it can be looked at without what it depends on."""

from zipfile import BadZipFile, ZipFile

from gatewright.publish.try_out.tried import Candidate, failed

_API = "Api.class"


def try_java(candidate: Candidate) -> str:
    """Look for every operation in the compiled classes of operations. Raises PublishError.

    What they depend on is in no lock here, so they are not loaded; the compiler has seen them.
    """
    jars = [f for f in candidate.package.files if f.suffix == ".jar" and "-sources" not in f.name]
    if not jars:
        return "not compiled: this machine has no JDK"
    try:
        with ZipFile(jars[0]) as jar:
            named = [name for name in jar.namelist() if name.endswith(_API)]
            classes = b"".join(jar.read(name) for name in named).lower()
    except (OSError, BadZipFile) as error:
        raise failed(candidate, str(error)) from None
    # A method's name is in the constant pool as it is written (JVM Specification, 4.4.7).
    lacking = [name for name in candidate.operations if name.encode() not in classes]
    if lacking:
        raise failed(candidate, f"it lacks the operations {', '.join(lacking)}")
    return f"compiled, has {len(candidate.operations)} operations"
