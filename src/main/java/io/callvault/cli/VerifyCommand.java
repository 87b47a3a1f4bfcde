// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.audit.Finding;
import io.callvault.audit.Sample;
import io.callvault.audit.Scope;
import io.callvault.audit.Verification;
import io.callvault.audit.Verifier;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.engine.TargetsOnly;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
        Path directory = temporary(configuration.home());
        try (Ledger ledger = looked.get();
                TargetsOnly targets = TargetsOnly.start(configuration, ids);
                Verifier verifier = new Verifier(ledger, targets::store, directory, Clock.systemUTC());
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
            if (!sample.isWhole()) {
                out.println("sample: " + sample.percent().toPlainString() + " %, --seed " + sample.seed());
            }
            out.flush();
            return isGood ? ExitCode.DONE : ExitCode.WORK_LEFT;
        } finally {
            delete(directory);
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

    private static Path temporary(Path home) {
        try {
            return Files.createTempDirectory(Files.createDirectories(home), "verify-");
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to make a directory for temporary files in " + home + " but it failed: " + e
                            + ". Set callvault.home to a directory that can be written",
                    e);
        }
    }

    private static void delete(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException ignored) {
            // Temporary files that are left over do no harm but take room.
        }
    }
}
