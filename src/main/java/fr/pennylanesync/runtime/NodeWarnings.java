package fr.pennylanesync.runtime;

import fr.pennylanesync.company.Refusal;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.postgres.EmbeddedSupervisor;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.Warning.Concern;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what only this process and its machine can tell: token directory, log file, embedded server, schedule. */
public final class NodeWarnings {

    private static final Duration RESTART_TOLD_FOR = Duration.ofHours(1);

    private NodeWarnings() {}

    /**
     * @param refusals the token files that are not used; those of known companies stand in the warehouse
     * @param schedule why no company's sync begins any more, if so
     */
    public static List<Warning> of(Settings settings, Warehouse warehouse, List<Refusal> refusals,
            Optional<ErrorCode> schedule) {
        List<Warning> all = new ArrayList<>();
        TokenDirectory.faultOf(settings.pennylane().tokens().directory()).map(NodeWarnings::unusable)
                .ifPresent(all::add);
        refusals.stream().filter(refusal -> refusal.companyId().isEmpty())
                .forEach(refusal -> all.add(new Warning(WarningCode.TOKEN_FILE_REFUSED.name(),
                        refusal.alias() + " " + refusal.code(), Optional.empty(), refusal.remedy())));
        if (Logs.isFileUnwritable()) {
            all.add(Warning.of(WarningCode.LOG_FILE_UNWRITABLE, "logging.file", Optional.empty(), Concern.of("", "")));
        }
        warehouse.embedded().map(EmbeddedSupervisor::restarts)
                .filter(restarts -> restarts.lastAt().filter(NodeWarnings::isRecent).isPresent())
                .ifPresent(restarts -> all.add(Warning.of(WarningCode.EMBEDDED_RESTARTED,
                        "times: " + restarts.count(), restarts.lastAt(),
                        Concern.of("", "times: " + restarts.count()))));
        schedule.ifPresent(
                fault -> all.add(new Warning(fault.name(), fault.meaning(), Optional.empty(), fault.remedy(),
                        Concern.of("", ""))));
        return all;
    }

    private static boolean isRecent(Instant restart) {
        return restart.plus(RESTART_TOLD_FOR).isAfter(Instant.now());
    }

    private static Warning unusable(ErrorCode fault) {
        return new Warning(WarningCode.TOKEN_DIRECTORY_UNUSABLE.name(), fault.name(), Optional.empty(),
                fault.remedy());
    }
}
