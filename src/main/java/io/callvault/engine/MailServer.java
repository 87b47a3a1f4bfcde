// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.AlarmSettings;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** How the mail server of the alarms is spoken to, and what its refusals mean. */
final class MailServer {

    private static final String MILLIS = "20000";

    private MailServer() {}

    /**
     * Properties as the mail library documents them (package org.eclipse.angus.mail.smtp, read 2026-09).
     *
     * @param user null when nobody signs in
     * @throws StopAllException (CONFIGURATION) when the certificates cannot be read
     */
    static Session session(AlarmSettings.Mail mail, String user, String password) {
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
        if (mail.certificates() != null) {
            properties.put("mail.smtp.ssl.socketFactory", believing(mail.certificates()));
        }
        if (user == null) {
            return Session.getInstance(properties);
        }
        properties.setProperty("mail.smtp.auth", "true");
        PasswordAuthentication login = new PasswordAuthentication(user, password);
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return login;
            }
        });
    }

    /** Believes these certificates and no others. */
    private static SSLSocketFactory believing(Path file) {
        try (InputStream text = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                store.setCertificateEntry("certificate-" + store.size(), each);
            }
            if (store.size() == 0) {
                throw new CertificateException("it holds none");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "Tried to read the certificates in " + file + " but it failed: " + plain(e)
                            + ". Set alarm.mail.certificates to a file of certificates (PEM) that can be read",
                    e);
        }
    }

    /** What went wrong, to follow "but". The last cause knows best. */
    static String said(Throwable failure) {
        if (find(failure, AuthenticationFailedException.class) != null) {
            return "the mail server refused the user or the password: "
                    + plain(find(failure, AuthenticationFailedException.class));
        }
        if (find(failure, SSLException.class) != null) {
            return "the mail server could not prove who it is, or speaks no TLS: " + plain(last(failure));
        }
        return "it failed: " + plain(last(failure));
    }

    /** Keys of the configuration, to follow "look at". */
    static String lookAt(Throwable failure) {
        if (find(failure, AuthenticationFailedException.class) != null) {
            return "alarm.mail.user and alarm.mail.password";
        }
        return find(failure, SSLException.class) != null
                ? "alarm.mail.server, alarm.mail.security and alarm.mail.certificates"
                : "alarm.mail.server and what belongs to it";
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable last(Throwable failure) {
        Throwable cause = failure;
        while (next(cause) != null) {
            cause = next(cause);
        }
        return cause;
    }

    private static Throwable next(Throwable failure) {
        return failure.getCause() == failure ? null : failure.getCause();
    }

    private static String plain(Throwable failure) {
        return (failure.getClass().getSimpleName() + " " + failure.getMessage())
                .replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ")
                .strip();
    }
}
