// SPDX-License-Identifier: Apache-2.0
package io.callvault.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Where the log goes. */
public final class LogOutput {

    /** The appender of the shipped logback.xml. */
    private static final String OURS = "err";

    private LogOutput() {}

    /**
     * Writes the log in this way from now on. Whoever brought a Logback configuration of their own keeps it.
     *
     * @return false when there is another configuration than ours, so that nothing was changed
     */
    public static boolean write(boolean isJson, boolean isMasked) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            return false;
        }
        Appender<ILoggingEvent> found = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(OURS);
        if (!(found instanceof OutputStreamAppender<ILoggingEvent> appender)) {
            return false;
        }
        LogLines lines = new LogLines(isJson, isMasked);
        lines.setContext(context);
        lines.start();
        appender.setEncoder(lines);
        return true;
    }
}
