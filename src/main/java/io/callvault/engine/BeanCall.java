// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/**
 * One method of one bean that routes name, with its arguments settled when the route is made, as Camel's bean component binds
 * them (its manual, "Bean Binding"). Camel's own looks the method up and checks its right to call it for each exchange, which
 * was 4 % of all processor time.
 */
final class BeanCall {

    /** Where an argument comes from. */
    @FunctionalInterface
    private interface Argument {
        Object of(Exchange exchange) throws InvalidPayloadException;
    }

    private final Object bean;
    private final Method method;
    private final Argument[] arguments;

    private BeanCall(Object bean, Method method, Argument[] arguments) {
        this.bean = bean;
        this.method = method;
        this.arguments = arguments;
        method.setAccessible(true); // a public method of a class that is not
    }

    /**
     * The call of a bean in the registry.
     *
     * @return null if there is no such bean or not one such method, or it takes what is not known here: Camel's own then
     *     calls it, or says what is wrong
     */
    static BeanCall of(CamelContext context, String ref, String name) {
        Object bean = ref == null || name == null ? null : context.getRegistry().lookupByName(ref);
        if (bean == null) {
            return null;
        }
        List<Method> named = Arrays.stream(bean.getClass().getMethods())
                .filter(each -> each.getName().equals(name) && !each.isBridge())
                .toList();
        return named.size() == 1 ? of(bean, named.get(0)) : null;
    }

    private static BeanCall of(Object bean, Method method) {
        Parameter[] parameters = method.getParameters();
        Argument[] arguments = new Argument[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Annotation[] annotations = parameters[i].getAnnotations();
            arguments[i] = annotations.length == 1 ? argument(annotations[0], parameters[i].getType()) : null;
            if (arguments[i] == null) {
                return null;
            }
        }
        return new BeanCall(bean, method, arguments);
    }

    private static Argument argument(Annotation annotation, Class<?> type) {
        if (annotation instanceof Variable variable) {
            String name = variable.value();
            return exchange -> {
                Object value = exchange.getVariable(name);
                return value == null || type.isInstance(value) ? value : exchange.getVariable(name, type);
            };
        }
        if (annotation instanceof Body) {
            return exchange -> {
                Object body = exchange.getMessage().getBody();
                return body == null || type.isInstance(body)
                        ? body
                        : exchange.getMessage().getMandatoryBody(type);
            };
        }
        if (annotation instanceof Headers) {
            return exchange -> exchange.getMessage().getHeaders();
        }
        return annotation instanceof Variables ? Exchange::getVariables : null;
    }

    Class<?> returns() {
        return method.getReturnType();
    }

    /** @throws Exception what the method throws, or why it could not be called */
    Object on(Exchange exchange) throws Exception {
        Object[] values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].of(exchange);
        }
        try {
            return method.invoke(bean, values);
        } catch (InvocationTargetException e) {
            throw e.getTargetException() instanceof Exception thrown ? thrown : e;
        }
    }
}
