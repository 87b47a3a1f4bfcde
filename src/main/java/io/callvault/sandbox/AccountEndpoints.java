// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The account, its extensions and its settings. */
final class AccountEndpoints {

    private static final String ACCOUNT = "/restapi/v1.0/account/*";

    private final Site site;

    AccountEndpoints(Site site) {
        this.site = site;
    }

    List<Endpoint> all() {
        Set<String> none = Set.of();
        Set<String> list = Set.of("status", "type", "extensionNumber", "email", "page", "perPage");
        Set<String> check = Set.of("permissionId", "targetExtensionId");
        String extension = ACCOUNT + "/extension/*";
        return List.of(
                new Endpoint("GET", "/restapi", RateGroup.NONE, none, this::versions),
                new Endpoint("GET", "/restapi/v1.0", RateGroup.NONE, none, this::versions),
                new Endpoint("GET", ACCOUNT, RateGroup.LIGHT, none, this::account),
                new Endpoint("GET", ACCOUNT + "/extension", RateGroup.MEDIUM, list, this::extensions),
                new Endpoint("GET", extension, RateGroup.LIGHT, none, this::extension),
                new Endpoint("GET", extension + "/authz-profile/check", RateGroup.LIGHT, check, this::permission),
                new Endpoint("GET", ACCOUNT + "/call-recording", RateGroup.LIGHT, none, this::recordingSettings),
                new Endpoint(
                        "GET", ACCOUNT + "/message-store-configuration", RateGroup.LIGHT, none, this::storeSettings));
    }

    private Answer versions(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("uri", site.addresses().api() + "/restapi/v1.0").put("versionString", "1.0");
        return Answer.json(200, body);
    }

    private Answer account(Request request) throws Refusal {
        site.account(request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", Long.parseLong(site.addresses().accountId()));
        body.put("uri", site.addresses().account());
        body.put("mainNumber", Company.MAIN_NUMBER.substring(1));
        body.put("status", "Confirmed");
        body.put("setupWizardState", "Completed");
        body.putObject("serviceInfo").putObject("brand").put("id", "1210").put("name", "RingCentral");
        body.putObject("regionalSettings").putObject("timezone").put("id", "58").put("name", Company.ZONE.getId());
        return Answer.json(200, body);
    }

    private Answer extensions(Request request) throws Refusal {
        site.account(request);
        Parameters parameters = new Parameters(request);
        List<String> status =
                parameters.several("status", "Enabled", "Disabled", "Frozen", "NotActivated", "Unassigned");
        List<String> type = request.query().getOrDefault("type", List.of());
        String number = parameters.one("extensionNumber");
        List<Extension> rows = site.world().company().extensions().stream()
                .filter(one -> status.isEmpty() || status.contains(one.status()))
                .filter(one -> type.isEmpty() || type.contains(one.type()))
                .filter(one -> number == null || number.equals(one.number()))
                .toList();
        return site.page(request, rows, true, this::row);
    }

    private Answer extension(Request request) throws Refusal {
        site.account(request);
        Extension extension = site.extension(request);
        ObjectNode row = row(extension);
        row.putObject("account").put("id", site.addresses().accountId()).put("uri", site.addresses().account());
        return Answer.json(200, row);
    }

    private Answer permission(Request request) throws Refusal {
        site.account(request);
        site.extension(request);
        String id = new Parameters(request).one("permissionId");
        if (id == null) {
            throw Refusal.badParameter("permissionId", "null");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("successful", true);
        ObjectNode permission = body.putObject("details").putObject("permission");
        permission.put("id", id).put("assignable", true).put("readOnly", false);
        return Answer.json(200, body);
    }

    private Answer recordingSettings(Request request) throws Refusal {
        site.account(request);
        Retention retention = site.world().retention();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("onDemand").put("enabled", true).put("retentionPeriod", retention.onDemandDays());
        body.putObject("automatic")
                .put("enabled", true)
                .put("outboundCallTones", false)
                .put("outboundCallAnnouncement", true)
                .put("allowMute", false)
                .put("extensionCount", Company.USERS)
                .put("retentionPeriod", retention.automaticDays())
                .put("maxNumberLimit", 100_000);
        body.putArray("greetings");
        return Answer.json(200, body);
    }

    /** Needs EditAccounts, which an archive should not have. */
    private Answer storeSettings(Request request) throws Refusal {
        site.account(request);
        Integer days = site.world().retention().messageDays();
        if (days != null) {
            return Answer.json(200, JsonNodeFactory.instance.objectNode().put("retentionPeriod", days));
        }
        return Answer.error(
                403,
                "CMN-401",
                "In order to call this API endpoint, application needs to have [EditAccounts] permission",
                "permissionName",
                "EditAccounts");
    }

    private ObjectNode row(Extension extension) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("id", extension.id());
        row.put("uri", site.addresses().extension(extension.id()));
        if (extension.number() != null) {
            row.put("extensionNumber", extension.number());
        }
        if (extension.name() != null) {
            row.put("name", extension.name());
            row.putObject("contact").put("firstName", extension.name()).put("company", "Example Co");
        }
        row.put("type", extension.type());
        row.put("status", extension.status());
        row.put("hidden", false);
        row.putObject("permissions").putObject("admin").put("enabled", extension.isUser());
        return row;
    }
}
