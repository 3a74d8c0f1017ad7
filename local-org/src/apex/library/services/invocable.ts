import { currentTransaction } from '../../../execution/current.ts';
import { ApexList, ApexMap, Types } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { required } from '../define.ts';
import { notImplemented } from '../environment.ts';

type Parameters = ApexMap<string>;

function action(type: string | null, namespace: string | null, name: string | null): Bean {
  return new Bean('Invocable.Action', {
    type: required(type),
    name: required(name),
    namespace,
    standard: false,
    invocations: new ApexList<Parameters>(Types.map(Types.String, Types.Object)),
  });
}

function invocations(bean: Bean): ApexList<Parameters> {
  return bean.get('invocations') as ApexList<Parameters>;
}

function addInvocation(bean: Bean): Bean {
  invocations(bean).add(new ApexMap<string, unknown>(Types.String, Types.Object));
  return bean;
}

/** Flows that there are cannot run here; one that there is not fails as on the platform: each invocation by itself, without an exception (practitioner; the code is ours). */
function invoke(bean: Bean): ApexList<Bean> {
  const type = String(bean.get('type'));
  const name = String(bean.get('name'));
  const { configuration } = currentTransaction().services;
  if (type.toLowerCase() !== 'flow' || configuration.hasComponent?.('Flow', name) !== false)
    throw notImplemented(`Invocable.Action.invoke() of the ${type} action ${name}`);
  const results = invocations(bean).items.map((parameters) => {
    const error = new Bean('Invocable.Action.Error', {
      code: 'INVALID_API_INPUT',
      message: `No flow has the API name ${name}.`,
    });
    return new Bean('Invocable.Action.Result', {
      action: bean,
      errors: new ApexList(Types.library('Invocable.Action.Error'), [error]),
      outputParameters: new ApexMap(Types.String, Types.Object),
      invocationParameters: parameters,
      success: false,
    });
  });
  return new ApexList(Types.library('Invocable.Action.Result'), results);
}

/** `Invocable.Action`: can be built and looked at; the local org runs no flows. */
export const invocableTypes = [
  defineBean('Invocable.Action', undefined, {
    'addInvocation()': addInvocation,
    'clearInvocations()': (bean: Bean) => {
      invocations(bean).items = [];
      return bean;
    },
    'createCustomAction(String,String)': (type: string | null, name: string | null) =>
      action(type, null, name),
    'createCustomAction(String,String,String)': action,
    'invoke()': invoke,
    'setInvocationParameter(String,Object)': (bean: Bean, name: string | null, value: unknown) => {
      if (invocations(bean).items.length === 0) addInvocation(bean);
      invocations(bean).items.at(-1)?.put(required(name), value);
      return bean;
    },
    'setInvocations(List<Map<String,Object>>)': (bean: Bean, all: ApexList<Parameters> | null) => {
      bean.set('invocations', required(all));
      return bean;
    },
  }),
  defineBean('Invocable.Action.Result', () => ({
    errors: new ApexList(Types.library('Invocable.Action.Error')),
    outputParameters: new ApexMap(Types.String, Types.Object),
    invocationParameters: new ApexMap(Types.String, Types.Object),
    success: false,
  })),
  defineBean('Invocable.Action.Error'),
];
