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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;

/** The ways in which alarms go out: through the routes in routes/alarm/, with what those need. */
final class AlarmChannels {

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
        main.bind(
                "alarmMailSession",
                MailServer.session(mail, secrets.ofAlarm("alarm.mail.user"), secrets.ofAlarm("alarm.mail.password")));
        main.bind("alarmWebhook", webhook);
    }

    List<Channel> all() {
        return List.of(new Mail(), new Webhook());
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
                            "Tried to send alarms to " + where + " but " + MailServer.said(failure)
                                    + ". They are kept and sent later; look at " + MailServer.lookAt(failure),
                            failure);
        }
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
