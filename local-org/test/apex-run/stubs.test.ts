import { apexSuite } from './run-suite.ts';

// https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_testing_stub_api.htm
apexSuite(
  'stubs',
  {
    'classes/Describer.cls': `public interface Describer {
  String toString();
}`,
    'classes/StubTest.cls': `@IsTest
private class StubTest {
  private class Provider implements StubProvider {
    public Object handleMethodCall(Object stub, String name, Type returns, List<Type> types, List<String> names, List<Object> args) {
      return 'from the provider: ' + name;
    }
  }

  @IsTest
  static void textsOfAStubComeFromItsProvider() {
    Describer stub = (Describer) Test.createStub(Describer.class, new Provider());
    Assert.areEqual('from the provider: toString', String.valueOf(stub));
    Assert.areEqual('[from the provider: toString]', '[' + stub + ']');
  }

  @IsTest
  static void systemTypesCannotBeStubbed() {
    for (Type type : new List<Type>{ HttpRequest.class, Contact.class }) {
      Boolean wasStubbed = false;
      try {
        Test.createStub(type, new Provider());
        wasStubbed = true;
      } catch (TypeException e) {
        Assert.isTrue(e.getMessage().startsWith('Cannot stub type: '), e.getMessage());
      }
      Assert.isFalse(wasStubbed, type.getName());
    }
  }
}`,
  },
  2,
);
