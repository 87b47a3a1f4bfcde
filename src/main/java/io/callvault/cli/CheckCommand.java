// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.config.Configuration;
import io.callvault.engine.CheckUp;
import io.callvault.engine.Checked;
import io.callvault.engine.SamplePaths;
import io.callvault.error.StopAllException;
import io.callvault.json.ExactJson;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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

    @Option(names = "--json", description = "As one JSON object, when all is done.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Configuration configuration = common.configuration();
        List<String> ids = common.someCustomers(configuration);
        return isPaths ? paths(configuration, ids) : checks(configuration, ids);
    }

    private int paths(Configuration configuration, List<String> ids) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        SamplePaths samples = new SamplePaths(configuration, Clock.systemUTC());
        ObjectNode whole = ExactJson.MAPPER.createObjectNode();
        ArrayNode customers = whole.putArray("customers");
        for (String id : ids) {
            String path = configuration.customers().get(id).path();
            ObjectNode customer = customers.addObject().put("customer", id).put("path", path);
            ArrayNode made = customer.putArray("samples");
            if (!isJson) {
                out.println(id + ": " + path);
            }
            for (String sample : samples.of(id)) {
                made.add(sample);
                if (!isJson) {
                    out.println("  " + sample);
                }
            }
        }
        if (isJson) {
            out.println(ExactJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(whole));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private int checks(Configuration configuration, List<String> ids) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode whole = ExactJson.MAPPER.createObjectNode();
        ArrayNode checks = whole.putArray("checks");
        List<Integer> codes = new ArrayList<>();
        Consumer<Checked> tell = checked -> {
            codes.add(exit(checked));
            if (isJson) {
                json(checks.addObject(), checked);
            } else {
                say(out, checked);
            }
        };
        try (TemporaryDirectory directory = TemporaryDirectory.in(configuration.home(), "check")) {
            new CheckUp(configuration, directory.path(), Clock.systemUTC(), tell).run(ids);
        } catch (StopAllException e) {
            tell.accept(new Checked(Checked.Verdict.FAIL, "home", e.getMessage(), e.code()));
        }
        if (isJson) {
            out.println(ExactJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(whole));
            out.flush();
        }
        return ExitCode.worst(codes);
    }

    private static void json(ObjectNode node, Checked checked) {
        node.put("verdict", checked.verdict().name().toLowerCase(Locale.ROOT));
        node.put("about", checked.about());
        node.put("sentence", checked.sentence());
        node.put("code", checked.code() == null ? null : checked.code().name());
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
