package io.trunkline.gateway.daemon;

/** Which release this is. */
final class Release {
    private Release() {}

    /** The version of the jar, or {@code development} where it runs from class files. */
    static String version() {
        final String version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
