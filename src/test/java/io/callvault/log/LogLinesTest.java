// SPDX-License-Identifier: Apache-2.0
package io.callvault.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How a line of the log looks. */
class LogLinesTest {

    private static final String MESSAGE =
            "Tried to put 1_inbound_+15105550142_x.mp3 but \"no\"\nroom 9900112233005 [STORE_FULL]";

    private final LoggerContext context = new LoggerContext();

    private ILoggingEvent event(Throwable thrown) {
        LoggingEvent event = new LoggingEvent(
                "x", context.getLogger("io.callvault.flow.Storing"), Level.WARN, MESSAGE, thrown, null);
        event.setThreadName("worker-1");
        event.setInstant(Instant.parse("2026-03-10T14:05:09.120Z"));
        return event;
    }

    private String written(boolean isJson, boolean isMasked, Throwable thrown) {
        return new String(new LogLines(isJson, isMasked).encode(event(thrown)), StandardCharsets.UTF_8);
    }

    @Test
    void json_is_one_object_a_line() throws JsonProcessingException {
        String line = written(true, false, new IllegalStateException("at +14155550100"));
        assertThat(line).endsWith("}\n");
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode node = ExactJson.MAPPER.readTree(line);
        assertThat(node.get("at").asText()).isEqualTo("2026-03-10T14:05:09.120Z");
        assertThat(node.get("level").asText()).isEqualTo("WARN");
        assertThat(node.get("message").asText()).isEqualTo(MESSAGE);
        assertThat(node.get("code").asText()).isEqualTo("STORE_FULL");
        assertThat(node.get("logger").asText()).isEqualTo("io.callvault.flow.Storing");
        assertThat(node.get("thread").asText()).isEqualTo("worker-1");
        assertThat(node.get("exception").asText()).contains("IllegalStateException: at +14155550100");
    }

    @Test
    void a_masked_line_has_no_number_neither_in_the_message_nor_in_the_exception() throws JsonProcessingException {
        for (boolean isJson : new boolean[] {true, false}) {
            String line = written(isJson, true, new IllegalStateException("at +14155550100"));
            assertThat(line).doesNotContain("15105550142", "14155550100").contains("9900112233005", "*42");
        }
        assertThat(written(false, true, null))
                .isEqualTo("2026-03-10T14:05:09.120Z WARN  Tried to put 1_inbound_+*********42_x.mp3 but \"no\"\nroom"
                        + " 9900112233005 [STORE_FULL]\n");
    }

    @Test
    void the_shipped_log_is_written_so_once_it_is_told() {
        OutputStreamAppender<ILoggingEvent> appender = shipped();
        var before = appender.getEncoder();
        var out = appender.getOutputStream();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try {
            assertThat(LogOutput.write(true, true)).isTrue();
            appender.setOutputStream(seen);
            org.slf4j.LoggerFactory.getLogger("io.callvault.test").warn("call of {}", "+14155550100");
            assertThat(seen.toString(StandardCharsets.UTF_8)).startsWith("{").contains("call of +*********00");
        } finally {
            appender.setEncoder(before);
            appender.setOutputStream(out);
        }
    }

    @SuppressWarnings("unchecked")
    private static OutputStreamAppender<ILoggingEvent> shipped() {
        LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
        return (OutputStreamAppender<ILoggingEvent>)
                (Object) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("err");
    }
}
