package fr.pennylanesync.cli;

import fr.pennylanesync.archive.FileCounts;
import fr.pennylanesync.archive.FileProgress.StreamFileCounts;
import fr.pennylanesync.runtime.OpenArchive;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.token.Company;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Prints what became of the files of a sync, company by company, for people. */
final class FileSummary {

    private final OpenArchive archive;

    FileSummary(OpenArchive archive) {
        this.archive = archive;
    }

    /** @return whether every file that is there to fetch lies in the archive */
    boolean print(PrintWriter out, List<Company> companies) {
        boolean complete = true;
        for (Company company : companies) {
            complete &= print(out, company);
        }
        return complete;
    }

    private boolean print(PrintWriter out, Company company) {
        List<StreamFileCounts> streams =
                archive.progress().all().stream().filter(stream -> stream.companyId() == company.id()).toList();
        Map<String, FileCounts> counts = archive.files().counts(company.id());
        out.printf(Locale.ROOT, "files of company %d (%s)%n", company.id(), company.alias());
        out.printf(Locale.ROOT, "  %,d archived, %,d unchanged, %,d kB, %s%n",
                sum(streams, StreamFileCounts::archived),
                sum(streams, StreamFileCounts::unchanged), sum(streams, StreamFileCounts::bytes) / 1000,
                PlainWords.count(sum(streams, StreamFileCounts::requests), "request"));
        List<String> faults = new ArrayList<>();
        streams.forEach(
                stream -> stream.stoppedBy().ifPresent(code -> faults.add(stream.stream() + ": stopped, " + code)));
        streams.stream().filter(stream -> stream.setAside() > 0)
                .forEach(stream -> faults
                        .add(String.format(Locale.ROOT, "%s: %,d set aside, see quarantine", stream.stream(),
                                stream.setAside())));
        counts.forEach((stream, count) -> {
            if (count.delayed() > 0) {
                faults.add(stream + ": " + PlainWords.count(count.delayed(), "waits", "wait")
                        + " for another attempt");
            }
        });
        faults.forEach(fault -> out.println("  " + fault));
        return faults.isEmpty();
    }

    private static long sum(List<StreamFileCounts> streams, ToLongFunction<StreamFileCounts> figure) {
        return streams.stream().mapToLong(figure).sum();
    }
}
