// SPDX-License-Identifier: Apache-2.0
package io.callvault.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.json.ExactJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one event, as a line for people or as a JSON object on a line of its own. */
public final class LogLines extends EncoderBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern CODE = Pattern.compile("\\[([A-Z][A-Z_]+)]$");

    private final boolean isJson;
    private final boolean isMasked;

    /** @param isMasked whether telephone numbers are taken out */
    public LogLines(boolean isJson, boolean isMasked) {
        this.isJson = isJson;
        this.isMasked = isMasked;
    }

    @Override
    public byte[] headerBytes() {
        return null;
    }

    @Override
    public byte[] footerBytes() {
        return null;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return (isJson ? json(event) : text(event)).getBytes(StandardCharsets.UTF_8);
    }

    private String text(ILoggingEvent event) {
        return String.format(Locale.ROOT, "%s %-5s %s%n", at(event), event.getLevel(), clean(event.getFormattedMessage()))
                + trace(event);
    }

    private String json(ILoggingEvent event) {
        String message = clean(event.getFormattedMessage());
        ObjectNode node = ExactJson.MAPPER.createObjectNode();
        node.put("at", at(event));
        node.put("level", event.getLevel().toString());
        node.put("message", message);
        Matcher code = CODE.matcher(message);
        if (code.find()) {
            node.put("code", code.group(1));
        }
        node.put("logger", event.getLoggerName());
        node.put("thread", event.getThreadName());
        String trace = trace(event);
        if (!trace.isEmpty()) {
            node.put("exception", trace);
        }
        return node + "\n";
    }

    private static String at(ILoggingEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
    }

    private String trace(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : clean(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    private String clean(String text) {
        return isMasked ? NumberMask.apply(text) : text;
    }
}
