// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.vault.VaultConfiguration;

/**
 * Placeholders as Camel knows them, so that a value means the same here and in a route: <code>{{env:NAME}}</code>, <code>
 * {{sys:name}}</code>, <code>{{other.key}}</code>, each with <code>:default</code>, and the vault functions of the
 * components in {@code lib/}, configured by {@code camel.vault.*}. One is ours: <code>{{file:PATH}}</code>, the text of a
 * UTF-8 file without the line break at its end.
 *
 * <p>Camel's properties component logs what it resolves at level DEBUG, secrets included: its logger, {@code
 * org.apache.camel.component.properties}, must stay at INFO whatever else is made louder.
 *
 * <p>Camel is started only when a text really has a placeholder. Safe for use by several threads.
 */
public final class CamelPlaceholders implements Placeholders, AutoCloseable {

    /** Without its component in {@code lib/}, Camel would take what follows the colon as a default value. */
    private static final Set<String> VAULTS =
            Set.of("aws", "azure", "gcp", "hashicorp", "ibm", "cyberark", "secret", "configmap");

    /** How {@code camel.vault.<name>} is called in Java, where that is not the same. */
    private static final Map<String, String> VAULT_NAMES =
            Map.of("ibm", "IBMSecretsManager", "kubernetescm", "kubernetesConfigMap");

    private static final Pattern NAME = Pattern.compile("\\{\\{\\??\\s*([A-Za-z]+):");
    private static final Pattern MISSING = Pattern.compile("\\[([^\\[\\]]+)]");

    private final Map<String, String> properties;
    private final Path directory;
    private DefaultCamelContext camel;

    /**
     * @param properties the entries of the configuration file, unresolved
     * @param directory where the relative paths of <code>{{file:…}}</code> start
     */
    public CamelPlaceholders(Map<String, String> properties, Path directory) {
        this.properties = new LinkedHashMap<>(properties);
        this.directory = directory;
    }

    /** Makes <code>{{file:PATH}}</code> known to a Camel context, so that its routes can use it as well. */
    public static void addFileFunction(CamelContext context, Path directory) {
        context.getPropertiesComponent().addPropertiesFunction(new FileFunction(directory));
    }

    @Override
    public synchronized String resolve(String raw) {
        if (!raw.contains("{{")) {
            return raw;
        }
        PropertiesComponent component = component();
        Matcher name = NAME.matcher(raw);
        while (name.find()) {
            String function = name.group(1);
            if (VAULTS.contains(function) && component.getPropertiesFunction(function) == null) {
                throw new MissingException("the Camel component that brings the vault function " + function
                        + " is not in the directory lib");
            }
        }
        try {
            String resolved = component.parseUri(raw);
            return resolved == null ? "" : resolved;
        } catch (RuntimeException e) {
            throw new MissingException(missing(raw, e));
        }
    }

    @Override
    public synchronized void close() {
        if (camel != null) {
            camel.stop();
            camel = null;
        }
    }

    private PropertiesComponent component() {
        if (camel == null) {
            camel = new DefaultCamelContext();
            Properties initial = new Properties();
            initial.putAll(properties);
            PropertiesComponent component = camel.getPropertiesComponent();
            component.setInitialProperties(initial);
            addFileFunction(camel, directory);
            camel.setVaultConfiguration(new VaultConfiguration());
            camel.build();
            properties.forEach(this::bindVault);
        }
        return camel.getPropertiesComponent();
    }

    private void bindVault(String key, String value) {
        String[] parts = key.split("\\.", 4);
        if (parts.length == 4 && parts[0].equals("camel") && parts[1].equals("vault")) {
            PropertyBindingSupport.build()
                    .withCamelContext(camel)
                    .withTarget(camel.getVaultConfiguration())
                    .withProperty(
                            VAULT_NAMES.getOrDefault(parts[2], parts[2]) + "VaultConfiguration." + parts[3], value)
                    .withIgnoreCase(true)
                    .withMandatory(false)
                    .bind();
        }
    }

    /** What Camel's message says is missing, if that name stands in the file; its message may hold resolved values. */
    private String missing(String raw, RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingException ours) {
                return ours.getMessage();
            }
        }
        Matcher bracket = MISSING.matcher(String.valueOf(thrown.getMessage()));
        while (bracket.find()) {
            String name = bracket.group(1);
            if (raw.contains(name) || properties.values().stream().anyMatch(value -> value.contains("{{" + name))) {
                return sentence(name);
            }
        }
        return "what stands between the double braces cannot be resolved (" + thrown.getClass().getSimpleName() + ")";
    }

    private static String sentence(String name) {
        if (name.startsWith("env:")) {
            return "the environment variable " + name.substring(4) + " is not set";
        }
        if (name.startsWith("sys:")) {
            return "the system property " + name.substring(4) + " is not set";
        }
        return "nothing sets " + name;
    }

    private record FileFunction(Path directory) implements PropertiesFunction {

        @Override
        public String getName() {
            return "file";
        }

        @Override
        public String apply(String remainder) {
            try {
                String text = Files.readString(directory.resolve(remainder.strip()));
                return text.replaceFirst("\\R\\z", "");
            } catch (IOException | InvalidPathException e) {
                throw new MissingException("the file " + remainder.strip() + " cannot be read ("
                        + e.getClass().getSimpleName() + ")");
            }
        }
    }
}
