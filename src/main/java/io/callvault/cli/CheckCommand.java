// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.engine.CheckUp;
import io.callvault.engine.Checked;
import io.callvault.engine.SamplePaths;
import io.callvault.error.StopAllException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Tries what an archive needs: home, ledger, secrets, rights at the provider, clock, and every target"
                + " (write, read, compare). Each lane signs in once and makes a few of the cheapest requests; a small"
                + " object, <customer>/check/callvault.txt, stays in each target. Takes no lock.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Option(
            names = "--paths",
            description = "Only shows what each customer's path makes of its newest items, or of made-up ones with hostile"
                    + " names; asks nobody.")
    boolean isPaths;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        PrintWriter out = spec.commandLine().getOut();
        if (isPaths) {
            SamplePaths samples = new SamplePaths(configuration, Clock.systemUTC());
            for (String id : ids) {
                out.println(id + ": " + configuration.customers().get(id).path());
                samples.of(id).forEach(path -> out.println("  " + path));
            }
            out.flush();
            return ExitCode.DONE;
        }
        List<Integer> codes = new ArrayList<>();
        try (TemporaryDirectory directory = TemporaryDirectory.in(configuration.home(), "check")) {
            new CheckUp(configuration, directory.path(), Clock.systemUTC(), checked -> {
                        say(out, checked);
                        codes.add(exit(checked));
                    })
                    .run(ids);
        } catch (StopAllException e) {
            Checked checked = new Checked(Checked.Verdict.FAIL, "home", e.getMessage(), e.code());
            say(out, checked);
            codes.add(exit(checked));
        }
        return ExitCode.worst(codes);
    }

    private static void say(PrintWriter out, Checked checked) {
        String word =
                switch (checked.verdict()) {
                    case OK -> "ok";
                    case WARN -> "warn";
                    case FAIL -> "FAIL";
                };
        out.printf(
                Locale.ROOT,
                "%-4s %s: %s%s%n",
                word,
                checked.about(),
                Clean.line(checked.sentence()),
                checked.code() == null ? "" : " [" + checked.code() + "]");
        out.flush();
    }

    private static int exit(Checked checked) {
        return checked.code() == null ? ExitCode.DONE : ExitCode.ofCheck(checked.code());
    }
}
