// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.engine.Engine;
import io.callvault.flow.Archive;
import io.callvault.ledger.CustomerCounts;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One pass, from the start of the engine to the summary. */
final class ArchiveRun {

    private final Configuration configuration;
    private final List<String> customers;
    private final PrintWriter out;
    private final AtomicReference<Runnable> running = new AtomicReference<>();
    private volatile boolean isHalted;

    ArchiveRun(Configuration configuration, List<String> customers, PrintWriter out) {
        this.configuration = configuration;
        this.customers = customers;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param span only what began then
     * @return the exit code
     */
    int run(SpanOptions span) {
        Interruption interruption = Interruption.calls(this::halt);
        try (Engine engine = Engine.start(configuration, customers, "archive", false, Clock.systemUTC())) {
            Archive archive = engine.archive(
                    id -> span.from(configuration.customers().get(id)),
                    id -> span.to(configuration.customers().get(id)));
            running.set(() -> engine.halt(archive));
            if (isHalted) {
                engine.halt(archive);
            }
            List<Archive.Outcome> outcomes = ProgressDisplay.during(archive);
            engine.keepGates();
            Map<String, CustomerCounts> counts = engine.ledger().counts(customers).stream()
                    .collect(Collectors.toMap(CustomerCounts::customer, Function.identity()));
            for (Archive.Outcome outcome : outcomes) {
                out.println(Summary.of(outcome, counts.get(outcome.customer()), archive.isHalted()));
            }
            out.flush();
            return interruption.over(ExitCode.of(outcomes, counts, archive.isHalted()));
        } catch (RuntimeException e) {
            interruption.over(isHalted ? ExitCode.WORK_LEFT : ExitCode.BUG);
            throw e;
        }
    }

    private void halt() {
        isHalted = true;
        Runnable halt = running.get();
        if (halt != null) {
            halt.run();
        }
    }
}
