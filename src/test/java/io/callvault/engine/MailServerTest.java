// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.callvault.alarm.Letter;
import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.error.StopAllException;
import io.callvault.error.TryAgainException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Alarms to mail servers that want TLS and a login, through the shipped route. */
class MailServerTest {

    private static final String PASSWORD = "s3same-0pen";
    private static final char[] STORE = "changeit".toCharArray();
    private static final Letter LETTER = new Letter("Callvault: acme: TARGET_DOWN", "nas takes nothing", "{}");

    @TempDir
    static Path home;

    private static Path keys;

    /** A key that signed itself, for the name localhost, and its certificate in localhost.pem. */
    @BeforeAll
    static void makeKey() throws Exception {
        keys = home.resolve("localhost.p12");
        keytool("-genkeypair", "-alias", "mail", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool("-exportcert", "-alias", "mail", "-rfc", "-file", home.resolve("localhost.pem").toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, keys.toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, new String(STORE));
    }

    @AfterAll
    static void forget() {
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY);
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", new String(STORE)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static SSLContext key() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, STORE);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, STORE);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static GreenMail mailServer() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        mail.setUser("callvault@example.com", "callvault", PASSWORD);
        mail.start();
        return mail;
    }

    /** Sends a letter with these settings. */
    private static void send(int port, String password, String... lines) throws Exception {
        Configuration configuration = new ConfigurationReader(null).read(home.resolve("application.properties"), """
                callvault.routes = %s
                alarm.mail.to = operator@example.com
                alarm.mail.server = localhost
                alarm.mail.port = %d
                alarm.mail.user = callvault
                alarm.mail.password = {{sys:no.such.property:%s}}
                %s
                """.formatted(Path.of("routes").toAbsolutePath(), port, password, String.join("\n", lines)));
        Main main = new Main();
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.setProperty("camel.main.routesIncludePattern", "file:" + Path.of("routes/alarm").toAbsolutePath() + "/*.yaml");
        AlarmChannels channels = new AlarmChannels(
                configuration.alarms(), List.of(), configuration.resolveAlarmSecrets(List.of()), main::getCamelContext);
        channels.bind(main, properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.start();
        try {
            channels.all().get(0).send("operator@example.com", LETTER);
        } finally {
            main.stop();
        }
    }

    @Test
    void a_server_with_tls_and_a_login_takes_an_alarm() throws Exception {
        GreenMail mail = mailServer();
        try {
            send(mail.getSmtps().getPort(), PASSWORD, "alarm.mail.security = tls", "alarm.mail.certificates = localhost.pem");
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo(LETTER.title());
        } finally {
            mail.stop();
        }
    }

    @Test
    void a_wrong_password_is_told_in_a_sentence_without_it() throws Exception {
        GreenMail mail = mailServer();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try {
            Throwable thrown = catchThrowable(() -> send(
                    mail.getSmtps().getPort(), "wr0ng-0ne", "alarm.mail.security = tls", "alarm.mail.certificates = localhost.pem"));
            assertThat(thrown)
                    .isInstanceOf(TryAgainException.class)
                    .hasMessageStartingWith("Tried to send alarms to operator@example.com but the mail server refused the"
                            + " user or the password: AuthenticationFailedException 535")
                    .hasMessageEndingWith("They are kept and sent later; look at alarm.mail.user and alarm.mail.password");
            assertThat(thrown.getMessage().lines()).hasSize(1);
            StringWriter everything = new StringWriter();
            thrown.printStackTrace(new PrintWriter(everything));
            log.list.forEach(event -> everything.append(event.getFormattedMessage()).append('\n'));
            String encoded = Base64.getEncoder().encodeToString("\0callvault\0wr0ng-0ne".getBytes());
            assertThat(everything.toString()).isNotBlank().doesNotContain("wr0ng-0ne", encoded);
            assertThat(mail.getReceivedMessages()).isEmpty();
        } finally {
            root.detachAppender(log);
            mail.stop();
        }
    }

    @Test
    void a_server_that_nobody_vouches_for_gets_neither_password_nor_mail() throws Exception {
        try (StartTlsServer mail = new StartTlsServer(key(), "callvault", PASSWORD)) {
            assertThatThrownBy(() -> send(mail.port(), PASSWORD))
                    .isInstanceOf(TryAgainException.class)
                    .hasMessageContaining("could not prove who it is")
                    .hasMessageContaining("alarm.mail.certificates");
            assertThat(mail.inClear()).hasSize(2).last().isEqualTo("STARTTLS");
            assertThat(mail.mails()).isEmpty();
        }
    }

    @Test
    void a_server_that_goes_over_to_tls_takes_an_alarm_and_sees_no_password_before() throws Exception {
        try (StartTlsServer mail = new StartTlsServer(key(), "callvault", PASSWORD)) {
            send(mail.port(), PASSWORD, "alarm.mail.certificates = localhost.pem");
            assertThat(mail.mails()).singleElement().asString().contains("Subject: " + LETTER.title(), LETTER.text());
            assertThat(mail.inClear()).hasSize(2).last().isEqualTo("STARTTLS");
            assertThatThrownBy(() -> send(mail.port(), "wr0ng-0ne", "alarm.mail.certificates = localhost.pem"))
                    .hasMessageContaining("refused the user or the password");
            assertThat(mail.mails()).hasSize(1);
        }
    }

    @Test
    void a_server_without_tls_gets_neither_password_nor_mail() throws Exception {
        try (StartTlsServer mail = new StartTlsServer(null, "callvault", PASSWORD)) {
            assertThatThrownBy(() -> send(mail.port(), PASSWORD))
                    .isInstanceOf(TryAgainException.class)
                    .hasMessageContaining("STARTTLS");
            assertThat(mail.inClear()).isNotEmpty().noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
            assertThat(mail.mails()).isEmpty();
        }
    }

    @Test
    void a_file_without_certificates_stops_the_start() throws Exception {
        Files.writeString(home.resolve("empty.pem"), "");
        assertThatThrownBy(() -> send(1, PASSWORD, "alarm.mail.certificates = empty.pem"))
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("empty.pem but it failed: CertificateException it holds none")
                .hasMessageContaining("alarm.mail.certificates");
        assertThatThrownBy(() -> send(1, PASSWORD, "alarm.mail.certificates = no.pem"))
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("no.pem");
    }
}
