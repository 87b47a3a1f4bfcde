// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.Bookmarks;
import io.callvault.audit.Finding;
import io.callvault.audit.Pace;
import io.callvault.audit.Sample;
import io.callvault.audit.Scope;
import io.callvault.audit.Verification;
import io.callvault.audit.Verifier;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.model.Units;
import io.callvault.engine.TargetsOnly;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Reads stored objects back and compares them with the ledger, and every journal from its first"
                + " object to its last. Names what is altered, missing or extra, and then ends with 3. Changes nothing,"
                + " asks no provider and takes no lock.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Mixin
    SpanOptions span;

    @Option(
            names = "--sample",
            paramLabel = "PCT",
            description = "Reads back only so many per cent of the items, for example 5 or 0.1; default: all. The others"
                    + " are looked for where the target can be listed.")
    BigDecimal percent = BigDecimal.valueOf(100);

    @Option(
            names = "--seed",
            paramLabel = "TEXT",
            description = "Which items a sample takes: the same seed, the same items. Default: today's date.")
    String seed;

    @Option(
            names = "--rate",
            paramLabel = "SIZE/s",
            description = "Reads at most so much a second, for example 50MB/s; default: as fast as it goes.")
    String rate;

    @Option(
            names = "--restart",
            description = "Begins anew; default: the same verification, interrupted, goes on where it was.")
    boolean isRestart;

    @Spec
    CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        Sample sample = sample();
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        Optional<Ledger> looked = Ledgers.read(configuration.ledger().value());
        if (looked.isEmpty()) {
            out.println("There is no ledger yet, so nothing is known that could be verified.");
            out.flush();
            return ExitCode.WORK_LEFT;
        }
        Pace pace = pace();
        Bookmarks bookmarks = new Bookmarks(
                configuration.home().resolve("verify.json"), question(ids, sample), isRestart, Clock.systemUTC());
        if (bookmarks.resumedFrom() != null) {
            out.println("goes on with the verification of " + bookmarks.resumedFrom()
                    + ", which was interrupted; --restart begins anew");
            out.flush();
        }
        try (TemporaryDirectory directory = TemporaryDirectory.in(configuration.home(), "verify");
                Ledger ledger = looked.get();
                TargetsOnly targets = TargetsOnly.start(configuration, ids);
                Verifier verifier = new Verifier(
                        ledger, targets::store, directory.path(), Clock.systemUTC(), pace, bookmarks);
                Lines lines = new Lines(() -> String.format(
                        Locale.ROOT,
                        "%,d objects read back, %s",
                        verifier.objectsRead(),
                        Summary.bytes(verifier.bytesRead())))) {
            lines.start();
            boolean isGood = true;
            for (String id : ids) {
                CustomerSettings customer = configuration.customers().get(id);
                Scope scope = Scope.of(customer, span.from(customer), span.to(customer));
                for (String target : customer.targets()) {
                    Verification result = verifier.verify(scope, target, sample, this::say);
                    say(result);
                    isGood &= result.wrong() == 0;
                }
            }
            bookmarks.end();
            if (!sample.isWhole()) {
                out.println("sample: " + sample.percent().toPlainString() + " %, --seed " + sample.seed());
            }
            out.flush();
            return isGood ? ExitCode.DONE : ExitCode.WORK_LEFT;
        }
    }

    /** What is asked for: the same question goes on where it was. */
    private String question(List<String> ids, Sample sample) {
        return String.join(",", ids) + " " + sample.percent().stripTrailingZeros().toPlainString() + " "
                + (sample.isWhole() ? "" : sample.seed()) + " " + span.from + " " + span.to;
    }

    private Pace pace() {
        if (rate == null) {
            return Pace.unbounded();
        }
        try {
            long bytes = Units.size(rate.strip().replaceFirst("/s$", ""));
            if (bytes > 0) {
                return new Pace(bytes, Clock.systemUTC(), VerifyCommand::pause);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new CommandLine.ParameterException(
                spec.commandLine(), "--rate: " + rate + " is not a size a second such as 50MB/s or 512KB/s");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the command is ending
        }
    }

    private Sample sample() {
        try {
            return new Sample(
                    percent,
                    seed == null ? LocalDate.now(Clock.systemUTC().withZone(ZoneOffset.UTC)).toString() : seed);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--sample: " + e.getMessage(), e);
        }
    }

    private void say(Finding finding) {
        out.println(finding.customer() + " " + finding.target() + ": "
                + finding.kind().name().toLowerCase(Locale.ROOT)
                + (finding.path() == null ? "" : " " + Clean.line(finding.path())) + ": " + Clean.line(finding.detail()));
        out.flush();
    }

    private void say(Verification result) {
        out.printf(
                Locale.ROOT,
                "%s %s: %,d of %,d items read back (%s), %,d journal objects: %s%s%n",
                result.customer(),
                result.target(),
                result.read(),
                result.stored(),
                Summary.bytes(result.bytes()),
                result.journalObjects(),
                result.wrong() == 0 ? "all as stored" : String.format(Locale.ROOT, "%,d wrong", result.wrong()),
                result.isListed() ? "" : "; the target was not listed, so extra objects would not be noticed");
        out.flush();
    }
}
