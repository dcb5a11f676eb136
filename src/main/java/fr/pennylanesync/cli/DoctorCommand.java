package fr.pennylanesync.cli;

import fr.pennylanesync.doctor.Doctor;
import fr.pennylanesync.doctor.Finding;
import fr.pennylanesync.doctor.Finding.Level;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.terminal.PlainWords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: one line per finding, good news included. */
@Command(name = "doctor",
        description = "Checks settings, routes, warehouse, archive, share, tokens and clock: all faults at once, "
                + "each with its"
                + " remedy. Changes nothing.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    /** Exit codes: 0 no fault, warnings or not; 1 faults; 2 the configuration is refused. */
    @Override
    public Integer call() {
        Settings settings = config.load();
        Host.beginLog(settings);
        List<Finding> findings = new ArrayList<>(new Doctor(settings).examine());
        if (Logs.isFileUnwritable()) {
            findings.add(Finding.fault("logging", WarningCode.LOG_FILE_UNWRITABLE + ": "
                    + WarningCode.LOG_FILE_UNWRITABLE.meaning(), WarningCode.LOG_FILE_UNWRITABLE.remedy()));
        }
        findings.forEach(spec.commandLine().getOut()::println);
        long faults = findings.stream().filter(finding -> finding.level() == Level.FAULT).count();
        long warnings = findings.stream().filter(finding -> finding.level() == Level.WARNING).count();
        spec.commandLine().getErr()
                .println(PlainWords.count(faults, "fault") + ", " + PlainWords.count(warnings, "warning"));
        return faults == 0 ? 0 : PennylaneSync.FAILED;
    }
}
