// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callvault.audit.Finding;
import io.callvault.json.ExactJson;
import io.callvault.release.Reason;
import io.callvault.release.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a release came to, for people and for programs. */
final class ReleaseReport {

    private ReleaseReport() {}

    static void text(Result result, boolean isDryRun, PrintWriter out) {
        for (Result.Item item : result.items()) {
            out.println(result.customer() + " " + item.feed() + " " + Clean.line(item.item())
                    + (isDryRun ? "" : ": " + item.outcome() + (item.code() == null ? "" : " [" + item.code() + "]")));
        }
        for (Finding finding : result.findings()) {
            out.println(result.customer() + " " + finding.target() + ": "
                    + finding.kind().name().toLowerCase(Locale.ROOT) + " " + Clean.line(finding.path()) + ": "
                    + Clean.line(finding.detail()));
        }
        for (Map.Entry<Reason, Long> kept : result.kept().entrySet()) {
            out.printf(
                    Locale.ROOT, "%s: %,d kept: %s%n", result.customer(), kept.getValue(), kept.getKey().words());
        }
        if (result.failure() != null) {
            out.println(result.customer() + ": " + Clean.line(result.failure().sentence()));
        }
        out.println(result.customer() + ": " + summary(result, isDryRun));
    }

    private static String summary(Result result, boolean isDryRun) {
        if (isDryRun) {
            return String.format(Locale.ROOT, "%,d would be released; nothing was asked", result.items().size());
        }
        String end = result.isHalted() ? "; interrupted" : "";
        return String.format(
                        Locale.ROOT,
                        "%,d released, %,d were gone already, %,d refused, %,d unknown",
                        result.count("released"),
                        result.count("gone"),
                        result.count("refused"),
                        result.count("asked"))
                + end;
    }

    static void json(List<Result> results, boolean isDryRun, PrintWriter out) throws IOException {
        JsonGenerator json = ExactJson.MAPPER.getFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeBooleanField("dry-run", isDryRun);
        json.writeArrayFieldStart("customers");
        for (Result result : results) {
            customer(result, json);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.println();
    }

    private static void customer(Result result, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("customer", result.customer());
        json.writeArrayFieldStart("items");
        for (Result.Item item : result.items()) {
            json.writeStartObject();
            json.writeStringField("item", item.item());
            json.writeStringField("feed", item.feed());
            json.writeStringField("record-id", item.recordId());
            json.writeStringField("outcome", item.outcome());
            json.writeStringField("code", item.code());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("kept");
        for (Reason reason : Reason.values()) {
            json.writeNumberField(reason.code(), result.kept().getOrDefault(reason, 0L));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("findings");
        for (Finding finding : result.findings()) {
            json.writeStartObject();
            json.writeStringField("target", finding.target());
            json.writeStringField("path", finding.path());
            json.writeStringField("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("detail", finding.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("failure", result.failure() == null ? null : result.failure().getMessage());
        json.writeStringField("code", result.failure() == null ? null : result.failure().code().name());
        json.writeBooleanField("interrupted", result.isHalted());
        json.writeEndObject();
    }
}
