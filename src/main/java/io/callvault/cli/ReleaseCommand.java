// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.engine.Engine;
import io.callvault.engine.Rehearsal;
import io.callvault.engine.ReleaseTerms;
import io.callvault.engine.ReleaseWork;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.release.Releasing;
import io.callvault.release.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "release",
        description = "Asks the provider to give up what is archived: only for customers that have release set, only what is"
                + " stored for release.after and has just been read back from every target, at most release.max items. Needs"
                + " a --dry-run with the same settings before. Takes the lock.")
final class ReleaseCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Option(
            names = "--dry-run",
            description = "Asks the provider nothing: lists exactly what would go, and how many items would not and why."
                    + " Takes no lock.")
    boolean isDryRun;

    @Option(names = "--json", description = "As one JSON object.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    private final AtomicReference<Runnable> running = new AtomicReference<>();
    private volatile boolean isHalted;

    @Override
    public Integer call() throws IOException {
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration).stream()
                .filter(id -> ReleaseTerms.isSet(configuration, id))
                .toList();
        if (ids.isEmpty()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "customer.<id>.release is set for none of these customers, so nothing of theirs is ever released");
        }
        Optional<Ledger> looked = Ledgers.read(configuration.ledger().value());
        if (looked.isEmpty()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION, "There is no ledger yet, so nothing is archived that could be released");
        }
        try (Ledger ledger = looked.get()) {
            if (!isDryRun) {
                Releasing.requireRehearsals(
                        ledger,
                        ids.stream().collect(Collectors.toMap(
                                id -> id, id -> ReleaseTerms.fingerprint(configuration, id))));
            }
        }
        configuration.warnings().forEach(warning -> spec.commandLine().getErr().println("callvault: " + warning));
        return isDryRun ? rehearse(configuration, ids) : release(configuration, ids);
    }

    private int rehearse(Configuration configuration, List<String> ids) throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.in(configuration.home(), "release");
                Rehearsal rehearsal =
                        Rehearsal.start(configuration, ids, directory.path(), Clock.systemUTC())) {
            return say(ids.stream().map(rehearsal::of).toList());
        }
    }

    private int release(Configuration configuration, List<String> ids) throws IOException {
        Interruption interruption = Interruption.calls(this::halt);
        try (TemporaryDirectory directory = TemporaryDirectory.in(configuration.home(), "release");
                Engine engine = Engine.start(configuration, ids, Engine.RELEASE, false, Clock.systemUTC())) {
            ReleaseWork work = engine.release(directory.path());
            running.set(() -> engine.halt(work));
            if (isHalted) {
                engine.halt(work);
            }
            List<Result> results = new ArrayList<>();
            for (String id : ids) {
                results.add(work.of(id));
            }
            engine.keepGates();
            return interruption.over(say(results));
        } catch (RuntimeException e) {
            interruption.over(isHalted ? ExitCode.WORK_LEFT : ExitCode.BUG);
            throw e;
        }
    }

    private int say(List<Result> results) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            ReleaseReport.json(results, isDryRun, out);
        } else {
            results.forEach(result -> ReleaseReport.text(result, isDryRun, out));
        }
        out.flush();
        return ExitCode.worst(results.stream().map(ReleaseCommand::code).toList());
    }

    private static int code(Result result) {
        if (result.failure() != null && result.failure().code() == ErrorCode.INTERNAL) {
            return ExitCode.BUG;
        }
        return ExitCode.isCustomerStopped(result.failure())
                ? ExitCode.CUSTOMER_STOPPED
                : result.isGood() ? ExitCode.DONE : ExitCode.WORK_LEFT;
    }

    private void halt() {
        isHalted = true;
        Runnable halt = running.get();
        if (halt != null) {
            halt.run();
        }
    }
}
