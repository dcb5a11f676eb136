package fr.pennylanesync.cli;

import fr.pennylanesync.privacy.Person;
import fr.pennylanesync.privacy.PersonErasure;
import fr.pennylanesync.privacy.PersonErasure.ErasedStream;
import fr.pennylanesync.privacy.PrivacyReport;
import fr.pennylanesync.privacy.PrivacyReport.Beside;
import fr.pennylanesync.terminal.PlainWords;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The personal data of a company: where it is, and persons who are erased. */
@Command(name = "privacy",
        description = "Says where personal data is, erases a person, or lets one who was erased in again.",
        subcommands = {PrivacyCommand.ReportCommand.class, PrivacyCommand.EraseCommand.class,
                PrivacyCommand.ReleaseCommand.class})
final class PrivacyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "One of report, erase and release is missing.");
    }

    /** The company whose data is meant. */
    static final class CompanyOption {

        @Option(names = "--company", paramLabel = "ALIAS", required = true,
                description = "The company (alias or id).")
        private String company;

        private record Named(long id, String alias) {}

        private long id(Host host) {
            List<Named> known = host.warehouse().jdbc().sql("select id, alias from pennylane_sync.company order by 1")
                    .query((row, n) -> new Named(row.getLong(1), row.getString(2))).list();
            return known.stream().filter(one -> one.alias().equalsIgnoreCase(company)
                    || Long.toString(one.id()).equals(company)).map(Named::id).findFirst()
                    .orElseThrow(() -> CommandErrorCode.refused("No company " + company + "."
                            + PlainWords.didYouMean(company, known.stream().map(Named::alias).toList())
                            + " `companies` lists them."));
        }
    }

    /** Names one person by Pennylane's id. */
    static final class PersonOption {

        @Option(names = "--customer", paramLabel = "ID", required = true, description = "A customer.")
        private Long customer;

        @Option(names = "--supplier", paramLabel = "ID", required = true, description = "A supplier.")
        private Long supplier;

        @Option(names = "--contact", paramLabel = "ID", required = true, description = "A contact of a customer.")
        private Long contact;

        @Option(names = "--employee", paramLabel = "ID", required = true,
                description = "An employee who pays with a card of the Pro Account.")
        private Long employee;

        private Person person() {
            return customer != null ? new Person("customer", customer)
                    : supplier != null ? new Person("supplier", supplier)
                            : contact != null ? new Person("contact", contact) : new Person("employee", employee);
        }
    }

    /** Says where personal data lies. */
    @Command(name = "report",
            description = "Says where personal data of a company lies, of which kind, and since when.")
    static final class ReportCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Mixin
        private CompanyOption company;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.openToRead(config.load())) {
                long id = company.id(host);
                PrivacyReport report =
                        new PrivacyReport(host.warehouse().jdbc(), host.tables().states(), host.catalog());
                PrintWriter out = spec.commandLine().getOut();
                report.places(id).forEach(place -> out.printf(Locale.ROOT,
                        "%s.%s: %s; %s; %s, %s, since %s%n", place.stream(), place.field(), place.kind(),
                        place.treatment(), PlainWords.count(place.rows(), "row"),
                        PlainWords.count(place.versions(), "version"),
                        place.since().map(Object::toString).orElse("-")));
                Beside beside = report.beside(id);
                out.println("quarantine: " + PlainWords.count(beside.setAside(), "entry", "entries")
                        + " with what was received");
                out.println("files: " + PlainWords.count(beside.fileNames(), "name"));
                out.println("erased: " + PlainWords.count(beside.erasedPersons(), "person"));
                out.flush();
                return 0;
            }
        }
    }

    /** Erases a person. */
    @Command(name = "erase",
            description = "Takes a person out of rows, versions, quarantine and files' names, and keeps what the law"
                    + " has kept. They stay erased until they are released.")
    static final class EraseCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Mixin
        private CompanyOption company;

        @ArgGroup(multiplicity = "1")
        private PersonOption person;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                List<ErasedStream> erased =
                        new PersonErasure(host.warehouse(), host.tables().states(), host.catalog())
                                .erase(company.id(host), person.person());
                PrintWriter out = spec.commandLine().getOut();
                erased.forEach(stream -> tell(out, stream));
                out.println(erased.isEmpty()
                        ? "Nothing of this person stands here. What arrives of them will be erased."
                        : "Erased; `digest now` anchors it. What arrives of this person stays erased until `privacy"
                                + " release`.");
                out.println("Kept: the documents themselves in the archive, and what the books say in free words"
                        + " without naming the record (ledger lines and accounts): the law has them kept for ten"
                        + " years.");
                out.flush();
                return 0;
            }
        }

        private static void tell(PrintWriter out, ErasedStream stream) {
            out.printf(Locale.ROOT, "%s: erased in %s, %s, %s of the quarantine, %s%n", stream.stream(),
                    PlainWords.count(stream.erased().rows(), "row"),
                    PlainWords.count(stream.erased().versions(), "version"),
                    PlainWords.count(stream.erased().setAside(), "entry", "entries"),
                    PlainWords.count(stream.erased().fileNames(), "file name"));
            if (!stream.kept().isEmpty()) {
                out.printf(Locale.ROOT, "%s: kept %s: the law has invoices and books kept for ten years%n",
                        stream.stream(), String.join(", ", new TreeSet<>(stream.kept())));
            }
        }
    }

    /** Lets a person in again. */
    @Command(name = "release",
            description = "Lets what Pennylane sends of a person land again, who was erased.")
    static final class ReleaseCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Mixin
        private CompanyOption company;

        @ArgGroup(multiplicity = "1")
        private PersonOption person;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                boolean released = new PersonErasure(host.warehouse(), host.tables().states(), host.catalog())
                        .release(company.id(host), person.person());
                PrintWriter out = spec.commandLine().getOut();
                out.println(released
                        ? "Released. What Pennylane has of this person comes back when their records are read again:"
                                + " when they change, or with the next sweep."
                        : "This person is not erased.");
                out.flush();
                return released ? 0 : PennylaneSync.FAILED;
            }
        }
    }
}
