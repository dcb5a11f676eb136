package fr.pennylanesync.stream;

/** Writes stream files for tests. */
final class StreamFiles {

    private StreamFiles() {}

    static String containing(String stream, String facts) {
        return """
                - beans:
                    - name: %s-facts
                      type: fr.pennylanesync.stream.DeclaredStream
                      properties:
                %s- route:
                    id: %s
                    description: For a test.
                    routeConfigurationId: stream-failure
                    from:
                      uri: direct:%s
                      steps:
                        - to:
                            id: %s-sync
                            uri: direct:sync-stream
                """.formatted(stream, facts.indent(8), stream, stream, stream);
    }
}
