package fr.pennylanesync.stream;

/** Writes stream files for tests. */
final class StreamFiles {

    private StreamFiles() {}

    static String containing(String stream, String facts) {
        return """
                - route:
                    id: %s
                    description: For a test.
                    routeConfigurationId: stream-failure
                    from:
                      uri: direct:%s
                      steps:
                        - setVariable:
                            name: stream
                            constant: |
                %s        - to:
                            id: %s-sync
                            uri: direct:sync-stream
                """.formatted(stream, stream, facts.indent(14), stream);
    }
}
