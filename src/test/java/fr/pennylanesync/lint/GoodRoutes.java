package fr.pennylanesync.lint;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small tree of route files that breaks no rule; tests spoil one place each. */
final class GoodRoutes {

    static final Map<String, String> FILES = Map.ofEntries(
            entry("policies/stream-failure.yaml", """
                    - routeConfiguration:
                        id: stream-failure
                        onException:
                          - onException:
                              exception:
                                - java.lang.Throwable
                              redeliveryPolicy:
                                maximumRedeliveries: "3"
                                logExhausted: "false"
                                logStackTrace: "false"
                                logExhaustedMessageHistory: "false"
                              handled:
                                constant:
                                  expression: "true"
                              steps:
                                - bean:
                                    ref: sync
                                    method: failed
                    """),
            entry("streams/quotes.camel.yaml", """
                    - beans:
                        - name: quotes-facts
                          type: fr.pennylanesync.stream.DeclaredStream
                          properties:
                            path: /quotes
                            scope: quotes
                            reading: keyset
                            changelog: quotes
                            record-date: date
                            files:
                              public_file_url: filename
                            columns:
                              date: date
                              amount: numeric
                    - route:
                        id: quotes
                        description: Quotes sent to customers.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:quotes
                          steps:
                            - to:
                                id: quotes-sync
                                uri: direct:sync-stream
                    """),
            entry("streams/quotes_appendices.camel.yaml", """
                    - beans:
                        - name: quotes_appendices-facts
                          type: fr.pennylanesync.stream.DeclaredStream
                          properties:
                            parent: quotes
                            path: /quotes/{parent}/appendices
                            scope: quotes
                    - route:
                        id: quotes_appendices
                        description: Files attached to quotes.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:quotes_appendices
                          steps:
                            - to:
                                id: quotes_appendices-sync
                                uri: direct:sync-stream
                    """),
            entry("steps/sync-stream.yaml", """
                    - route:
                        id: sync-stream
                        description: Reads a stream to its end.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:sync-stream
                          steps:
                            - log:
                                message: "sync_started stream=${variable.stream} exchange=${exchangeId}"
                            - loop:
                                doWhile: "true"
                                simple:
                                  expression: "${variable.pass.unfinished}"
                                steps:
                                  - to:
                                      id: sync-stream-batch
                                      uri: direct:next-batch
                            - toD:
                                id: sync-stream-child
                                uri: "direct:${variable.child}"
                    """),
            entry("steps/audit-company.yaml", """
                    - route:
                        id: audit-company
                        description: Reads what an audit compares.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:audit-company
                          steps:
                            - bean:
                                ref: audit
                                method: take
                    """),
            entry("steps/archive-company.yaml", """
                    - route:
                        id: archive-company
                        description: Archives a company's files.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:archive-company
                          steps:
                            - doTry:
                                id: archive-company-try
                                steps:
                                  - bean:
                                      ref: archive
                                      method: takeLease
                                  - filter:
                                      simple:
                                        expression: "${variable.archiveRun} != null"
                                      steps:
                                        - to:
                                            id: archive-company-streams
                                            uri: direct:archive-streams
                                doFinally:
                                  id: archive-company-finally
                                  steps:
                                    - bean:
                                        ref: archive
                                        method: releaseLease
                    """),
            entry("steps/archive-streams.yaml", """
                    - route:
                        id: archive-streams
                        description: Archives the files of streams.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:archive-streams
                          steps:
                            - toD:
                                id: archive-streams-stream
                                uri: "direct:${variable.stream}"
                    """),
            entry("steps/sync-company.yaml", """
                    - route:
                        id: sync-company
                        description: Syncs a company.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:sync-company
                          steps:
                            - toD:
                                id: sync-company-stream
                                uri: "direct:${variable.stream}"
                    """),
            entry("steps/next-batch.yaml", """
                    - route:
                        id: next-batch
                        description: Reads a page and lands it.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:next-batch
                          steps:
                            - to:
                                id: next-batch-read
                                uri: direct:read-page
                            - to:
                                id: next-batch-land
                                uri: direct:land-batch
                    """),
            entry("steps/read-page.yaml", """
                    - route:
                        id: read-page
                        description: The only call to Pennylane.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:read-page
                          steps:
                            - setHeader:
                                name: CamelHttpPath
                                simple:
                                  expression: "${variable.path}"
                            - to:
                                id: read-page-http
                                uri: "{{pennylane.base-url}}"
                                parameters:
                                  httpClientConfigurer: "#pennylaneHttp"
                                  followRedirects: "false"
                            - removeHeaders:
                                pattern: Authorization
                    """),
            entry("steps/land-batch.yaml", """
                    - route:
                        id: land-batch
                        description: One transaction.
                        routeConfigurationId: stream-failure
                        from:
                          uri: direct:land-batch
                          steps:
                            - transacted: {}
                            - bean:
                                ref: sync
                                method: land
                    """),
            entry("jobs/sweep-quarantine.yaml", """
                    - route:
                        id: sweep-quarantine
                        description: Tries again each night.
                        routeConfigurationId: stream-failure
                        from:
                          uri: quartz
                          parameters:
                            triggerName: sweep-quarantine
                            cron: "{{sweep.cron}}"
                          steps:
                            - bean:
                                ref: quarantine
                                method: retry
                    """));

    private GoodRoutes() {}

    static void write(Path directory) throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            write(directory, file.getKey(), file.getValue());
        }
    }

    static void write(Path directory, String file, String content) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), content);
    }

    /** Replaces one place of one file; the place must be there. */
    static void spoil(Path directory, String file, String from, String to) throws IOException {
        String good = FILES.get(file);
        if (!good.contains(from)) {
            throw new IllegalArgumentException(file + " does not hold " + from);
        }
        write(directory, file, good.replace(from, to));
    }
}
