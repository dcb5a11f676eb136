package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.DelayedExecutor;
import fr.pennylanesync.api.budget.Permit;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.budget.RateBudget;
import java.time.Duration;
import java.util.Random;

/**
 * A walk: one request after the other, as soon as the budget allows, with a little work in between.
 *
 * @param pauses runs the next request behind that work
 */
public record SimulatedStream(
        RateBudget budget,
        Priority priority,
        VirtualTime time,
        DelayedExecutor pauses,
        SimulatedServer server,
        SimulatedNetwork network,
        Random random) {

    public SimulatedStream(RateBudget budget, Priority priority, VirtualTime time, SimulatedServer server,
            SimulatedNetwork network, Random random) {
        this(budget, priority, time, time, server, network, random);
    }

    public void start() {
        budget.request(priority)
                .thenAccept(permit -> time.after(wakeUp().plus(network.there(random)), () -> arrive(permit)));
    }

    private void arrive(Permit permit) {
        SimulatedServer.SimulatedAnswer answer = server.arrive(time.nanos());
        time.after(network.back(random), () -> receive(permit, answer));
    }

    private void receive(Permit permit, SimulatedServer.SimulatedAnswer answer) {
        permit.answered(answer.status(), answer.headers());
        permit.close();
        pauses.after(Duration.ofMillis(random.nextInt(10)), this::start);
    }

    private Duration wakeUp() {
        return Duration.ofNanos(random.nextInt(1_000_000));
    }
}
