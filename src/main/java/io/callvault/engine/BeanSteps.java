// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import java.lang.reflect.Method;
import org.apache.camel.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.support.PluginHelper;

/** The routes' {@code bean} steps and {@code method} questions, made of a {@link BeanCall} where one can be. */
final class BeanSteps implements BeanProcessorFactory {

    private final BeanProcessorFactory others;

    private BeanSteps(BeanProcessorFactory others) {
        this.others = others;
    }

    /** To be called before the context has routes. */
    static void join(CamelContext context) {
        context.getCamelContextExtension()
                .addContextPlugin(
                        BeanProcessorFactory.class, new BeanSteps(PluginHelper.getBeanProcessorFactory(context)));
        // The name under which Camel looks for a language before it makes its own.
        context.getRegistry().bind("bean-language", new Questions());
    }

    @Override
    public Processor createBeanProcessor(CamelContext context, Object bean, Method method) throws Exception {
        return others.createBeanProcessor(context, bean, method);
    }

    @Override
    public Processor createBeanProcessor(
            CamelContext context,
            Object bean,
            String beanType,
            Class<?> beanClass,
            String ref,
            String method,
            BeanScope scope)
            throws Exception {
        BeanCall call = BeanCall.of(context, ref, method);
        return call == null
                ? others.createBeanProcessor(context, bean, beanType, beanClass, ref, method, scope)
                : new BeanStep(call);
    }

    /** Camel's own copies the exchange for each question. */
    private static final class Questions extends BeanLanguage {

        /** Places in the properties, see Camel's MethodCallExpressionReifier. */
        private static final int METHOD = 2;

        private static final int REF = 4;

        @Override
        public Predicate createPredicate(String expression, Object[] properties) {
            BeanCall call =
                    BeanCall.of(getCamelContext(), (String) properties[REF], (String) properties[METHOD]);
            return call == null || call.returns() != boolean.class
                    ? super.createPredicate(expression, properties)
                    : exchange -> {
                        try {
                            return (Boolean) call.on(exchange);
                        } catch (Exception e) {
                            throw RuntimeCamelException.wrapRuntimeCamelException(e);
                        }
                    };
        }
    }
}
