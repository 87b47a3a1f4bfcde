// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.model.Units;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** What a value may be, and how its text becomes a Java value. */
public enum ValueType {
    /** Text; a {@link String}. */
    STRING("string", "text") {
        @Override
        Object parse(String text, Path directory) {
            return text;
        }
    },
    /** Text that may be empty, which means something; a {@link String}. */
    TEXT(null, "text, also none") {
        @Override
        Object parse(String text, Path directory) {
            return text;
        }
    },
    /** {@code true} or {@code false}; a {@link Boolean}. */
    BOOLEAN("boolean", "true or false") {
        @Override
        Object parse(String text, Path directory) {
            return switch (text) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> throw new IllegalArgumentException();
            };
        }
    },
    /** A whole number; a {@link Long}. */
    INTEGER("integer", "a whole number") {
        @Override
        Object parse(String text, Path directory) {
            return Long.valueOf(text);
        }
    },
    /** A password as bcrypt keeps it; a {@link Secret}, though one that may stand in the file. */
    PASSWORD_HASH(null, "a bcrypt hash, as htpasswd -nB writes it behind the name, or a reference to one") {
        @Override
        Object parse(String text, Path directory) {
            if (!text.contains("{{") && !text.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
                throw new IllegalArgumentException();
            }
            return new Secret(text);
        }
    },
    /** How many, at least one, at most 1,000,000; a {@link Long}. */
    RULE(null, "extension, number, direction or kind, a colon and a value that may end in *, such as number:+1650*") {
        @Override
        Object parse(String text, Path directory) {
            if (!text.matches("(extension|number|direction|kind):\\s*\\S.*")) {
                throw new IllegalArgumentException();
            }
            return text;
        }
    },
    COUNT(null, "a whole number from 1 to 1000000") {
        @Override
        Object parse(String text, Path directory) {
            return between(1, 1_000_000, text);
        }
    },
    /** A port; a {@link Long}. */
    PORT(null, "a whole number from 0 to 65535, 0 for off") {
        @Override
        Object parse(String text, Path directory) {
            return between(0, 65_535, text);
        }
    },
    /** A share in whole per cent, with or without the sign; a {@link Long} from 1 to 100. */
    PERCENT(null, "a percentage from 1% to 100%") {
        @Override
        Object parse(String text, Path directory) {
            return between(1, 100, text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
        }
    },
    /** A {@link java.time.Duration} longer than nothing. */
    DURATION("duration", "a duration such as 60s, 15m, 36h or 90d") {
        @Override
        Object parse(String text, Path directory) {
            return Units.duration(text);
        }
    },
    /** Bytes; a {@link Long}. */
    SIZE("size", "a size such as 512KB, 16MB or 2GB") {
        @Override
        Object parse(String text, Path directory) {
            return Units.size(text);
        }
    },
    /** Where a server is; a {@link URI} of scheme, host and perhaps port, without a slash at the end. */
    SERVER(
            "server",
            "an address such as https://host or https://host:8443, without path, user or query;"
                    + " plain http for this machine only") {
        @Override
        Object parse(String text, Path directory) {
            return server(text);
        }
    },
    /** A {@link Secret}: resolved when it is used, never printed, better not written into the file. */
    SECRET("secret", "a secret, best a reference such as {{env:NAME}} or {{file:PATH}}") {
        @Override
        Object parse(String text, Path directory) {
            return new Secret(text);
        }
    },
    /** A part of a login that is no secret by itself, for example a client id; a {@link Secret} without the warning. */
    CREDENTIAL("credential", "text or a reference such as {{env:NAME}}") {
        @Override
        Object parse(String text, Path directory) {
            return new Secret(text);
        }
    },
    /** An absolute {@link Path}; a relative one is taken from the configuration file's directory. */
    PATH("path", "a path") {
        @Override
        Object parse(String text, Path directory) {
            return directory.resolve(text).normalize();
        }
    },
    /** The name or number of a machine's address; a {@link String}. */
    HOST(null, "a host name or an IP address") {
        @Override
        Object parse(String text, Path directory) {
            if (!HOST_TEXT.matcher(text).matches()) {
                throw new IllegalArgumentException();
            }
            return text;
        }
    },
    /** Somebody's mail address, bare; a {@link String}. */
    MAIL(null, "a mail address such as alarms@example.com") {
        @Override
        Object parse(String text, Path directory) {
            if (!MAIL_TEXT.matcher(text).matches()) {
                throw new IllegalArgumentException();
            }
            return text;
        }
    },
    /** A {@link LocalTime}; {@code off}, which is never, is {@link LocalTime#MAX}. */
    TIME_OF_DAY(null, "a time of day such as 07:00, or off") {
        @Override
        Object parse(String text, Path directory) {
            if (text.equals("off")) {
                return LocalTime.MAX;
            }
            if (!text.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
                throw new IllegalArgumentException();
            }
            return LocalTime.parse(text);
        }
    },
    /** The ledger's database; a {@link LedgerUrl}. */
    LEDGER(null, "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE") {
        @Override
        Object parse(String text, Path directory) {
            return LedgerUrl.parse(text, directory);
        }
    },
    /** A Quartz cron expression; a {@link String}. */
    CRON(null, "a Quartz cron expression such as 0 0/15 * * * ? (seconds, minutes, hours, day, month, weekday)") {
        @Override
        Object parse(String text, Path directory) {
            try {
                CronExpression.validateExpression(text);
            } catch (ParseException e) {
                throw new Hinted(e.getMessage());
            }
            return text;
        }
    },
    /** A {@link ZoneId}. */
    ZONE(null, "a time zone such as UTC or America/New_York") {
        @Override
        Object parse(String text, Path directory) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new Hinted(
                        Nearest.hint(text, ZoneId.getAvailableZoneIds()).orElse(null));
            }
        }
    },
    /** A {@link Since}. */
    SINCE(null, "a duration such as 90d, a date such as 2026-01-31 or an instant such as 2026-01-31T08:00:00Z") {
        @Override
        Object parse(String text, Path directory) {
            return Since.parse(text);
        }
    };

    private static final Pattern HOST_TEXT = Pattern.compile("[A-Za-z0-9.-]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%]+]?");
    private static final Pattern MAIL_TEXT =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final String word;
    private final String allowed;

    ValueType(String word, String allowed) {
        this.word = word;
        this.allowed = allowed;
    }

    /** How a provider's declaration writes this type; null when only our own keys have it. */
    public String word() {
        return word;
    }

    /** What may stand there, to follow "must be". */
    public String allowed() {
        return allowed;
    }

    /** Whether a value is kept as written until it is used, and masked wherever it would be shown. */
    public boolean isHidden() {
        return this == SECRET || this == CREDENTIAL || this == PASSWORD_HASH;
    }

    /**
     * The Java value of a text.
     *
     * @param directory where relative paths start
     * @throws IllegalArgumentException when the text is not allowed; only a {@link Hinted} has a message to show
     */
    abstract Object parse(String text, Path directory);

    /** A refusal that can say more than what is allowed. */
    static final class Hinted extends IllegalArgumentException {
        /** @param hint a few words; null when there are none */
        Hinted(String hint) {
            super(hint);
        }
    }

    /** Whether a name or number means this machine, without asking a name server. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether a request with something secret may be sent there: https, or plain http to this machine. */
    static boolean isWebAddress(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && isLoopback(address.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Long between(long least, long most, String text) {
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static URI server(String text) {
        URI address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        String scheme = address.getScheme();
        String host = address.getHost();
        boolean bare = address.getRawPath() != null
                && address.getRawPath().isEmpty()
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
        if (scheme == null || host == null || !bare || address.getPort() > 65_535) {
            throw new IllegalArgumentException();
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(host))) {
            throw new IllegalArgumentException();
        }
        return address;
    }
}
