// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callvault.audit.CustomerReport;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Releases;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** A report for programs; written as it goes, because one of a large company has many days. */
final class ReportJson {

    private ReportJson() {}

    static void write(List<CustomerReport> reports, PrintWriter out) throws IOException {
        JsonGenerator json = ExactJson.MAPPER.getFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeArrayFieldStart("customers");
        for (CustomerReport report : reports) {
            customer(report, json);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.println();
    }

    private static void customer(CustomerReport report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("customer", report.customer());
        json.writeBooleanField("complete", report.complete());
        json.writeObjectFieldStart("journal-heads");
        for (Map.Entry<String, String> head : report.journalHeads().entrySet()) {
            json.writeStringField(head.getKey(), head.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("days");
        for (CustomerReport.Day day : report.days()) {
            day(day, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("gaps");
        for (CustomerReport.Gap gap : report.gaps()) {
            json.writeStartObject();
            json.writeStringField("item", gap.item());
            json.writeStringField("target", gap.target());
            json.writeStringField("reason", gap.reason());
            json.writeStringField("code", gap.code());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("not-visible");
        for (CustomerReport.Hidden hidden : report.notVisible()) {
            json.writeStartObject();
            json.writeStringField("extension", hidden.extension());
            json.writeNumberField("status", hidden.status());
            json.writeStringField("code", hidden.code());
            json.writeStringField("reason", hidden.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!report.releases().isEmpty()) {
            json.writeObjectFieldStart("releases");
            for (String outcome : Releases.OUTCOMES) {
                json.writeNumberField(outcome, report.releases().getOrDefault(outcome, 0L));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void day(CustomerReport.Day day, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("day", day.day() == null ? null : day.day().toString());
        json.writeStringField("feed", day.feed());
        json.writeStringField("extension", day.extension());
        json.writeNumberField("listed", day.listed());
        json.writeNumberField("items", day.items());
        json.writeObjectFieldStart("stored");
        for (Map.Entry<String, Long> stored : day.stored().entrySet()) {
            json.writeNumberField(stored.getKey(), stored.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("pending", day.pending());
        json.writeNumberField("dead", day.dead());
        json.writeNumberField("gone", day.gone());
        json.writeNumberField("not-retained", day.notRetained());
        json.writeNumberField("excluded", day.excluded());
        json.writeEndObject();
    }
}
