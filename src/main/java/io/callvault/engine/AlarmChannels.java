// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.alarm.Channel;
import io.callvault.alarm.Letter;
import io.callvault.config.AlarmSettings;
import io.callvault.config.Secrets;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.exchange.Variables;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;

/** The ways in which alarms go out: through the routes in routes/alarm/, with what those need. */
final class AlarmChannels {

    private static final String MILLIS = "20000";

    private final AlarmSettings settings;
    private final Secrets secrets;
    private final AlarmWebhook webhook;
    private final Supplier<CamelContext> context;

    /**
     * @param ids the customers
     * @throws io.callvault.error.StopAllException (CONFIGURATION) when a secret is missing
     */
    AlarmChannels(AlarmSettings settings, List<String> ids, Secrets secrets, Supplier<CamelContext> context) {
        this.settings = settings;
        this.secrets = secrets.orStop();
        this.webhook = new AlarmWebhook(settings, ids, secrets);
        this.context = context;
    }

    /** What the routes name. */
    void bind(Main main, Properties properties) {
        AlarmSettings.Mail mail = settings.mail();
        properties.setProperty("alarm.mail.server", mail.server());
        properties.setProperty("alarm.mail.port", String.valueOf(mail.port()));
        properties.setProperty("alarm.mail.from", mail.from());
        main.bind("alarmMailSession", session(mail));
        main.bind("alarmWebhook", webhook);
    }

    List<Channel> all() {
        return List.of(new Mail(), new Webhook());
    }

    /** Properties as the mail library documents them (package org.eclipse.angus.mail.smtp, read 2026-09). */
    private Session session(AlarmSettings.Mail mail) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", mail.server());
        properties.setProperty("mail.smtp.port", String.valueOf(mail.port()));
        properties.setProperty("mail.smtp.connectiontimeout", MILLIS);
        properties.setProperty("mail.smtp.timeout", MILLIS);
        properties.setProperty("mail.smtp.writetimeout", MILLIS);
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(mail.security().equals("tls")));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(mail.security().equals("starttls")));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(mail.security().equals("starttls")));
        String user = secrets.ofAlarm("alarm.mail.user");
        if (user == null) {
            return Session.getInstance(properties);
        }
        properties.setProperty("mail.smtp.auth", "true");
        PasswordAuthentication login = new PasswordAuthentication(user, secrets.ofAlarm("alarm.mail.password"));
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return login;
            }
        });
    }

    private void send(String route, Map<String, String> variables, String body, String where) {
        Exchange exchange = context.get()
                .createProducerTemplate()
                .send("direct:" + route, message -> {
                    variables.forEach(message::setVariable);
                    message.getMessage().setBody(body);
                });
        Exception failure = exchange.getException();
        if (failure != null) {
            ArchiveException ours = ArchiveException.in(failure);
            throw ours != null
                    ? ours
                    : new TryAgainException(
                            ErrorCode.ALARM_NOT_SENT,
                            "Tried to send alarms to " + where + " but it failed: " + said(failure)
                                    + ". They are kept and sent later; look at alarm.mail.server and what belongs to it",
                            failure);
        }
    }

    private static String said(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return (cause.getClass().getSimpleName() + " " + cause.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private final class Mail implements Channel {
        @Override
        public String name() {
            return "mail";
        }

        @Override
        public String destination(String customer) {
            List<String> to = settings.of(customer).mailTo();
            return settings.mail().port() == 0 || to.isEmpty() ? null : String.join(", ", to);
        }

        @Override
        public void send(String destination, Letter letter) {
            AlarmChannels.this.send(
                    "alarm-mail",
                    Map.of(Variables.ALARM_TO, destination, Variables.ALARM_TITLE, letter.title()),
                    letter.text(),
                    destination);
        }
    }

    private final class Webhook implements Channel {
        @Override
        public String name() {
            return "webhook";
        }

        @Override
        public String destination(String customer) {
            return webhook.destination(customer);
        }

        @Override
        public void send(String destination, Letter letter) {
            AlarmChannels.this.send(
                    "alarm-webhook",
                    Map.of(Variables.CUSTOMER, destination, Variables.ALARM_TITLE, letter.title()),
                    letter.json(),
                    "the webhook");
        }
    }
}
