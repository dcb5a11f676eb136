package fr.pennylanesync.schedule;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ScheduleEvent;
import java.util.function.LongConsumer;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.InterruptableJob;
import org.quartz.JobExecutionContext;

/** Syncs the company that its key names. Quartz never runs one company's job twice at a time, in a cluster neither. */
@DisallowConcurrentExecution
public final class CompanyJob implements InterruptableJob {

    private static final EventLog LOG = EventLog.of(CompanyJob.class);

    private final LongConsumer sync;
    private volatile Thread runner;

    CompanyJob(LongConsumer sync) {
        this.sync = sync;
    }

    @Override
    public void execute(JobExecutionContext context) {
        long companyId = Long.parseLong(context.getJobDetail().getKey().getName());
        runner = Thread.currentThread();
        try {
            sync.accept(companyId);
        } catch (RuntimeException fault) {
            FatalErrors.report(fault);
            LOG.log(new ScheduleEvent.SyncFailed(companyId), fault);
        } catch (Error fatal) {
            // Quartz would write a line and go on.
            FatalErrors.report(fatal);
            throw fatal;
        } finally {
            runner = null;
        }
    }

    /** The runtime stops and has waited long enough. */
    @Override
    public void interrupt() {
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
    }
}
