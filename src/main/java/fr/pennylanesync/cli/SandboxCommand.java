package fr.pennylanesync.cli;

import fr.pennylanesync.sandbox.FeedHabits;
import fr.pennylanesync.sandbox.OAuthCredentials;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultPlanFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sandbox}: only the made-up Pennylane, as a server. */
@Command(name = "sandbox", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Serves a made-up Pennylane on 127.0.0.1 that keeps the documented contract, until interrupted.",
        footer = {"", "A faults file is YAML:", "",
                "  seed: 7                      # optional: the draws depend on it alone",
                "  faults:",
                "    - kind: unavailable        # see below",
                "      probability: 0.02        # of each request it could strike",
                "    - kind: repeated_page",
                "      requests: [2, 9]         # the 2nd and 9th request it could strike",
                "      path: /customer_invoices # optional: what the path after /api/external/v2 starts with",
                "      company: 51017           # optional: a company's id",
                "      limit: 1                 # optional: how often at most",
                "    - kind: drip",
                "      probability: 0.1",
                "      duration: 2s             # optional: how long the body takes", "",
                "Kinds: too_many_requests internal_error bad_gateway unavailable gateway_timeout reset expired_cursor",
                "       repeated_page shortened_page cursor_loop null_item unsorted_page outside_filter",
                "       truncated_body error_in_200 html_in_200 drip;",
                "       lies: empty_list cut_list missing_item altered_amount blind_filter cut_include foreign_page;",
                "       and of files only:",
                "       expired_file_url private_redirect flipped_byte endless_file compression_bomb; "
                        + "of the data sharing only:",
                "       share_cut (each 64 KiB of its answers counts) share_rebuild share_company_hidden (each copy)",
                "",
                "To see what a reader misses: --mutate 600 --late 0.05 --repeat 0.05 --quiet-children"})
public final class SandboxCommand implements Callable<Integer> {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m|h|d)");

    @Option(names = "--port", defaultValue = "9400",
            description = "port, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--companies", defaultValue = "3", description = "number of companies (default: ${DEFAULT-VALUE})")
    private int companies;

    @Option(names = "--records", defaultValue = "" + SandboxOptions.DEFAULT_RECORDS,
            description = "ledger entry lines per company, roughly; other streams in proportion (default: "
                    + "${DEFAULT-VALUE})")
    private int records;

    @Option(names = "--seed", defaultValue = "42",
            description = "the same seed gives the same data (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--rate-limit", defaultValue = "25/5s",
            description = "requests per time and token, sliding; 25/5s:fixed for fixed "
                    + "windows; or off (default: ${DEFAULT-VALUE})")
    private String rateLimit;

    @Option(names = "--latency", defaultValue = "0ms",
            description = "how long each answer is held back, e.g. 300ms (default: ${DEFAULT-VALUE})")
    private String latency;

    @Option(names = "--faults", description = "what goes wrong, and when: a YAML file, see below")
    private Path faults;

    @Option(names = "--mutate", paramLabel = "N", defaultValue = "0",
            description = "changes per minute while running: 35%% create, 55%% change, 10%% remove or restore "
                    + "(default: ${DEFAULT-VALUE})")
    private int mutate;

    @Option(names = "--quiet-children",
            description = "a change of lines, payments, matches, appendices, contacts or categories raises no "
                    + "update event of its record (default: it does)")
    private boolean quietChildren;

    @Option(names = "--exclusive-start",
            description = "start_date of a change feed leaves out that very instant (default: includes it)")
    private boolean exclusiveStart;

    @Option(names = "--late", paramLabel = "SHARE", defaultValue = "0",
            description = "share of events, 0 to 1, that a change feed shows only some time after later ones "
                    + "(default: ${DEFAULT-VALUE})")
    private double late;

    @Option(names = "--late-by", paramLabel = "TIME", defaultValue = "30s",
            description = "how late at most (default: ${DEFAULT-VALUE})")
    private String lateBy;

    @Option(names = "--repeat", paramLabel = "SHARE", defaultValue = "0",
            description = "share of events, 0 to 1, that a change feed shows twice (default: ${DEFAULT-VALUE})")
    private double repeat;

    @Option(names = "--oauth",
            description = "also print OAuth credentials of each company: client id, client secret, refresh token")
    private boolean oauth;

    @Option(names = "--tokens", description = "directory to write <alias>.token files to (default: print the tokens)")
    private Path tokens;

    @Mixin
    private ShareArguments share = new ShareArguments();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        SandboxOptions options = options();
        requireGoodShare();
        try (Sandbox sandbox = Sandbox.start(options)) {
            announce(sandbox);
            // A data sharing has a server to stop before the process ends.
            StopSignal.PROCESS.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private SandboxOptions options() {
        try {
            return SandboxOptions.defaults().withPort(port).withCompanies(companies).withRecords(records).withSeed(seed)
                    .withRateLimit(RateLimit.parse(rateLimit)).withLatency(duration("--latency", latency))
                    .withFaults(faults == null ? FaultPlan.NONE : FaultPlanFile.read(faults))
                    .withMutationsPerMinute(mutate)
                    .withFeeds(
                            new FeedHabits(quietChildren, exclusiveStart, late, duration("--late-by", lateBy), repeat));
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }

    private void requireGoodShare() {
        try {
            share.options();
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }

    static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + " is written 300ms, 2s, 5m, 2h or 7d, not " + text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private void announce(Sandbox sandbox) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Sandbox Pennylane at " + sandbox.baseUri());
        if (tokens == null) {
            for (SandboxCompany company : sandbox.companies()) {
                out.printf(Locale.ROOT, "  company %d  %s  token %s%n", company.id(), company.alias(), company.token());
            }
        } else {
            sandbox.writeTokens(tokens);
            out.println("Tokens of " + sandbox.companies().size() + " companies in " + tokens);
        }
        if (oauth) {
            sandbox.companies().forEach(company -> announce(out, company, sandbox.issueOAuth(company.id())));
        }
        if (share.isWanted()) {
            share.open(sandbox, out);
        }
        out.println("To run against it: pennylane.base-url=" + sandbox.baseUri()
                + (tokens == null ? "" : " and pennylane.tokens.directory=" + tokens));
        out.println("Interrupt to stop.");
        out.flush();
    }

    private static void announce(PrintWriter out, SandboxCompany company, OAuthCredentials credentials) {
        out.printf(Locale.ROOT, "  company %d  OAuth at %s  client %s  secret %s  refresh token %s%n", company.id(),
                credentials.tokenUri(),
                credentials.clientId(), credentials.clientSecret(), credentials.refreshToken());
    }
}
